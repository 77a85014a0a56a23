import type { Project } from '#shared/project/project'
import { ok, type Result } from '#shared/result'
import type { ExportFormat, ExportReport } from '#shared/training/run'
import type { TrainerError } from '../protocol'
import { exportOnnx } from './onnx'
import { type Subject, trainedSubject } from './subject'
import { exportTfjs } from './tfjs'
import { exportTorch } from './torch'
import { untrainedSubject } from './untrained'

/** Writes a network into a folder and compares what is there with it. `customLayers`: the built file of our layer classes. */
type Exporter = (subject: Subject, to: string, customLayers: string) => Promise<Result<ExportReport, TrainerError>>

/** A format is one file here; what the window says of it stands in its texts, `results.export`. */
const exporters: { readonly [F in ExportFormat]: Exporter } = {
  tfjs: exportTfjs,
  onnx: exportOnnx,
  'torch-project': exportTorch,
}

/** Exports a run, by its folder. */
export const exportRun = async (folder: string, format: ExportFormat, to: string, customLayers: string) =>
  write(await trainedSubject(folder), format, to, customLayers)

/** Exports a project that need not have been trained. */
export const exportProject = async (project: Project, format: ExportFormat, to: string, customLayers: string) =>
  write(await untrainedSubject(project), format, to, customLayers)

async function write(
  subject: Result<Subject, TrainerError>,
  format: ExportFormat,
  to: string,
  customLayers: string,
): Promise<Result<ExportReport, TrainerError>> {
  if (!subject.ok) return subject
  const { model, untrained } = subject.value
  try {
    const report = await exporters[format](subject.value, to, customLayers)
    return report.ok && untrained ? ok({ ...report.value, untrained }) : report
  } finally {
    model.dispose()
  }
}
