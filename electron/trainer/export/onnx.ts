import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeOnnx } from '#shared/export/onnx/model'
import { type OnnxNetwork, onnxNetwork } from '#shared/export/onnx/network'
import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import type { ExportReport } from '#shared/training/run'
import { version } from '../../paths'
import { writeAtomic } from '../../writeAtomic'
import { exportFailure } from '../failure'
import type { Model } from '../model'
import type { TrainerError } from '../protocol'
import { aboutModel, checkedOf, drawSamples, largestDifference } from './about'
import type { Subject } from './subject'

const FILE = 'model.onnx'
/** A protocol buffer cannot be larger. In bytes. */
const MAX_BYTES = 2 ** 31 - 1

/**
 * Writes a network as `model.onnx`, with any batch size, inputs and outputs channels last as in the project; what surrounds the model stands
 * in its metadata and in `netloom.json`. Then runs the file with ONNX Runtime and compares.
 */
export async function exportOnnx(subject: Subject, to: string): Promise<Result<ExportReport, TrainerError>> {
  const { model, name, project } = subject
  try {
    const weights = model.weights()
    const bytes = 4 * [...weights.values()].reduce((sum, w) => sum + w.values.length, 0)
    if (bytes > MAX_BYTES)
      return err({
        code: 'failed',
        message: failure('onnxTooLarge', { size: (bytes / 1e9).toFixed(2) }),
      })
    const network = onnxNetwork(project.graph)
    const about = aboutModel(subject)
    const properties = Object.fromEntries(
      Object.entries(about).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
    )
    await mkdir(to, { recursive: true })
    await writeAtomic(join(to, FILE), encodeOnnx(network, weights, { name, version, properties }))
    await writeAtomic(join(to, 'netloom.json'), `${JSON.stringify(about, null, 2)}\n`)
    const samplesChecked = checkedOf(subject)
    const samples = drawSamples(subject, samplesChecked)
    const want = model.predictAll(samples, samplesChecked)
    const maxDifference = largestDifference(want, await runFile(network, model, samples, samplesChecked, to))
    return ok({ folder: to, files: [FILE, 'netloom.json'], maxDifference, samplesChecked })
  } catch (e) {
    return err(exportFailure(e, to))
  }
}

/** What ONNX Runtime computes from the file, in the order of the model's own outputs. */
async function runFile(
  { inputs, outputs }: OnnxNetwork,
  model: Model,
  samples: Float32Array,
  count: number,
  to: string,
) {
  const { InferenceSession, Tensor } = await import('onnxruntime-node')
  const session = await InferenceSession.create(await readFile(join(to, FILE)), { logSeverityLevel: 3 })
  const feeds = model.compiled.inputs.map(({ id }, i) => {
    const shape = inputs.find((input) => input.name === id)?.shape ?? []
    const part = model.feed(samples, count)
    const values = Float32Array.from(part[i]?.dataSync() ?? [])
    for (const tensor of part) tensor.dispose()
    return [id, new Tensor('float32', values, [count, ...shape])] as const
  })
  const results = await session.run(Object.fromEntries(feeds))
  const values = outputs.map(({ name }) => results[name]?.data as Float32Array)
  await session.release()
  return values
}
