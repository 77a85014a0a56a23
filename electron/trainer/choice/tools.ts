import type { Built } from '../built'
import { createTrainer } from '../client'
import type { Tools } from './choose'
import { measurementsFile } from './remembered'

/** Measures in further processes of the trainer. */
export const toolsOf = ({ trainer }: Built): Tools => ({
  measure: createTrainer({ entry: trainer }).measure,
  file: measurementsFile(),
})
