import { dataText } from './data'
import { predictText } from './predict'
import { readmeText, requirementsText } from './readme'
import type { TorchProject } from './settings'
import { trainText } from './train'
import { weightsText } from './weights'

export type { MovedWeight, Source, TorchProject } from './settings'

/** The text files of a project, by name. Weights and samples come beside them. */
export const projectTexts = (project: TorchProject): Readonly<Record<string, string>> => ({
  'README.md': readmeText(project),
  'requirements.txt': requirementsText(project),
  'model.py': project.model.text,
  'weights.py': weightsText,
  'data.py': dataText(project),
  'train.py': trainText(project),
  'predict.py': predictText(project),
})
