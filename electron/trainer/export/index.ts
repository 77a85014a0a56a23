import type { Result } from '#shared/result'
import type { ExportFormat, ExportReport } from '#shared/training/run'
import type { TrainerError } from '../protocol'
import { exportOnnx } from './onnx'
import { exportTfjs } from './tfjs'
import { exportTorch } from './torch'

/** Writes a run into a folder and compares what is there with the run. `customLayers`: the built file of our layer classes. */
type Exporter = (folder: string, to: string, customLayers: string) => Promise<Result<ExportReport, TrainerError>>

/** A format is one file here; what the window says of it stands in its texts, `results.export`. */
export const exporters: { readonly [F in ExportFormat]: Exporter } = {
  tfjs: exportTfjs,
  onnx: exportOnnx,
  'torch-project': exportTorch,
}
