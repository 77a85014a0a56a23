import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type TorchModel, writeModel } from '#shared/export/torch/model'
import { type TorchNetwork, torchNetwork } from '#shared/export/torch/network'
import { type MovedWeight, projectTexts, type TorchProject } from '#shared/export/torch/project/index'
import { torchValues } from '#shared/export/torch/values'
import { err, ok, type Result } from '#shared/result'
import type { ExportReport } from '#shared/training/run'
import { roleOf } from '#shared/training/weightSettings'
import { writeAtomic } from '../../../writeAtomic'
import { type Compiled, compile, dispose } from '../../compile'
import { exportFailure } from '../../failure'
import { initialize } from '../../initialize'
import type { Arrays } from '../../model'
import type { TrainerError } from '../../protocol'
import { writeSafetensors } from '../../safetensors'
import { checkedOf, drawSamples, largestDifference } from '../about'
import type { Subject } from '../subject'
import { runModels } from './check'
import { type FoundSource, sourceOf } from './source'

const WEIGHTS = 'weights.safetensors'
const INITIAL = 'initial.safetensors'

/**
 * Writes a network as a PyTorch project: as code, with its weights, and what trains it, on as many devices as there are. Then, where a Python
 * with PyTorch is found, runs the written model and compares.
 */
export async function exportTorch(subject: Subject, to: string): Promise<Result<ExportReport, TrainerError>> {
  const { model, name, project, samples, untrained } = subject
  try {
    const network = torchNetwork(project.graph, project.training.loss)
    if (!network.ok) return err({ code: 'invalidProject', message: network.error })
    const found = await sourceOf(subject)
    if (!found.ok) return found
    const written = writeModel(network.value, project.graph, name)
    const weights = weightsFile(written, model.weights())
    const initial = untrained ? ok(weights) : initialWeights(subject, written)
    if (!initial.ok) return initial
    const files: Readonly<Record<string, string | Uint8Array>> = {
      ...projectTexts(describe(subject, network.value, written, found.value)),
      ...(samples.labels && { 'labels.json': `${JSON.stringify(samples.labels)}\n` }),
      ...(!untrained && { [WEIGHTS]: weights }),
      [INITIAL]: initial.value,
      ...found.value.files,
    }
    await mkdir(to, { recursive: true })
    for (const [name, content] of Object.entries(files))
      await writeAtomic(join(to, name), typeof content === 'string' ? content : Buffer.from(content))
    const report = { folder: to, files: Object.keys(files) }
    const checked = await check(subject, network.value, written, to)
    return checked.ok
      ? ok({ ...report, maxDifference: checked.value, samplesChecked: checkedOf(subject) })
      : ok({ ...report, maxDifference: null, samplesChecked: 0, unchecked: checked.error })
  } catch (e) {
    return err(exportFailure(e, to))
  }
}

const weightsFile = (written: TorchModel, arrays: Arrays): Buffer =>
  writeSafetensors(torchValues(written.weights, arrays), { format: 'pt' })

/** What a training with the run's seed begins with. */
function initialWeights({ project }: Subject, written: TorchModel): Result<Buffer, TrainerError> {
  const compiled = compile(project.graph)
  if (!compiled.ok) return compiled
  initialize(compiled.value.weights, project.training.seed)
  const arrays: Arrays = new Map(
    compiled.value.weights.map(({ name, variable }) => [
      name,
      { values: variable.dataSync() as Float32Array, shape: variable.shape },
    ]),
  )
  dispose(compiled.value)
  return ok(weightsFile(written, arrays))
}

function describe(
  { compiled, name, project, samples, untrained }: Subject,
  network: TorchNetwork,
  model: TorchModel,
  { source }: FoundSource,
): TorchProject {
  const { inputShape, labels, normalization, range, sourceShape = inputShape, targetSize } = samples
  const main = network.outputs[network.main]?.shape ?? []
  return {
    title: name,
    untrained: untrained ?? null,
    network,
    model,
    training: project.training,
    source,
    samples: {
      inputShape,
      sourceShape,
      range,
      labels,
      normalization,
      targetSize: targetSize ?? main.reduce((a, b) => a * b, 1),
    },
    weights: movedWeights(model, compiled),
  }
}

function movedWeights({ weights }: TorchModel, compiled: Compiled): readonly MovedWeight[] {
  const own = new Map(compiled.weights.map((w) => [w.name, w]))
  return weights.flatMap(({ from, path, shape }): MovedWeight[] => {
    const weight = own.get(String(from))
    if (!weight || /running_(mean|var)$/.test(path)) return []
    const { settings, spec } = weight
    const role = roleOf(spec)
    const kernel = role === 'kernel' || role === 'recurrent'
    return [
      {
        path,
        dimensions: shape.length,
        trainable: spec.trainable,
        decays: kernel,
        learningRateMultiplier: settings.learningRateMultiplier,
        l1: kernel ? settings.kernelL1 : role === 'bias' ? settings.biasL1 : 0,
        l2: kernel ? settings.kernelL2 : role === 'bias' ? settings.biasL2 : 0,
      },
    ]
  })
}

/** The Python that checks: one is enough for it to have PyTorch and NumPy. */
const python = (): string => process.env.NETLOOM_PYTHON ?? (process.platform === 'win32' ? 'python' : 'python3')

/** How far the written model is from the run, or why that is not known. */
async function check(subject: Subject, network: TorchNetwork, { name }: TorchModel, to: string) {
  const { model, untrained } = subject
  const count = checkedOf(subject)
  const drawn = drawSamples(subject, count)
  const fed = model.feed(drawn, count)
  const byId = new Map(
    model.compiled.inputs.map(({ id }, i) => [
      id,
      { values: Float32Array.from(fed[i]?.dataSync() ?? []), shape: fed[i]?.shape ?? [] },
    ]),
  )
  for (const tensor of fed) tensor.dispose()
  const want = model.predictAll(drawn, count)
  const ran = await runModels(python(), [
    {
      model: join(to, 'model.py'),
      weights: join(to, untrained ? INITIAL : WEIGHTS),
      className: name,
      network,
      samples: network.inputs.flatMap(({ id }) => byId.get(id) ?? []),
    },
  ])
  if (!ran.ok) return ran
  const places = model.compiled.outputs.map(({ id }) => network.outputs.findIndex((o) => o.id === id))
  return ok(
    largestDifference(
      want,
      places.map((at) => ran.value[0]?.[at] ?? new Float32Array()),
    ),
  )
}
