import { describe, expect, test } from 'vitest'
import { addBlock } from '#shared/blocks/index'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'
import { createRandom } from '#shared/training/random'
import { type EngineName, engineNames } from '#shared/training/run'
import { compile } from '../../../../electron/trainer/compile'
import { listEngines, loadEngine } from '../../../../electron/trainer/engines'
import { Model } from '../../../../electron/trainer/model'
// Has the engine tensorflow looked for where these tests have it.
import '../../tensorflow'
import { hasSoftwareGpu, useSoftwareGpu as openSoftwareGpu } from './webgpu/softwareGpu'

const STEPS = 50
const BATCHES = 5
const BATCH = 8
const CLASSES = 4
const TOLERANCE = 1e-3

function perceptron(): Graph {
  const b = new Builder()
  const x = b.layer('dense', { units: 24, activation: 'tanh' }, b.input([10]))
  b.layer('dense', { units: CLASSES, activation: 'softmax' }, b.layer('dropout', { rate: 0 }, x))
  return b.build()
}

function residual(): Graph {
  const b = new Builder()
  let x = b.layer('conv2d', { filters: 8, activation: 'relu' }, b.input([8, 8, 3]))
  x = b.layer('maxPooling2d', {}, x)
  x = addBlock(b, 'residual', { filters: 12, strides: 2, shortcut: 'projection' }, x, 'block')
  b.layer('dense', { units: CLASSES, activation: 'softmax' }, b.layer('globalAveragePooling2d', {}, x))
  return b.build()
}

function recurrent(): Graph {
  const b = new Builder()
  const x = b.layer('lstm', { units: 12, returnSequences: true }, b.input([6, 5]))
  b.layer('dense', { units: CLASSES, activation: 'softmax' }, b.layer('lstm', { units: 12 }, x))
  return b.build()
}

const cases: readonly (readonly [string, Graph, Partial<TrainingConfig>])[] = [
  ['a perceptron with Adam', perceptron(), { optimizer: 'adam', clipNorm: 1 }],
  ['a residual network with momentum', residual(), { optimizer: 'sgd', weightDecay: 0.01 }],
  ['LSTMs with RMSprop', recurrent(), { optimizer: 'rmsprop' }],
]

if (hasSoftwareGpu) openSoftwareGpu()
const engines = (await listEngines()).flatMap((e) => {
  const name = engineNames.find((n) => n === e.name && n !== 'cpu')
  return name ? [{ ...e, name }] : []
})
/** A processor that plays a GPU takes minutes for the others: they come with NETLOOM_ALL_LAYERS=1. */
const isSlow = (name: EngineName) => name.endsWith('webgpu')
const casesOf = (name: EngineName) =>
  isSlow(name) && process.env.NETLOOM_ALL_LAYERS !== '1' ? cases.slice(0, 1) : cases

/** The losses of all steps, from the seed's weights on the same batches. */
async function curve(name: EngineName, graph: Graph, config: Partial<TrainingConfig>): Promise<number[]> {
  const engine = await loadEngine(name)
  if (!engine.ok) throw new Error(engine.error.message)
  const compiled = compile(graph)
  if (!compiled.ok) throw new Error(compiled.error.message)
  const model = new Model(compiled.value, engine.value, { ...defaultTraining, ...config })
  model.initialize()
  const random = createRandom(5)
  const width = (compiled.value.inputs[0]?.shape ?? []).reduce((a, b) => a * b, 1)
  const batches = Array.from({ length: BATCHES }, () => {
    const x = Float32Array.from({ length: BATCH * width }, () => random.normal())
    const y = new Float32Array(BATCH * CLASSES)
    for (let i = 0; i < BATCH; i++) y[i * CLASSES + random.below(CLASSES)] = 1
    return { x, y }
  })
  const losses = Array.from({ length: STEPS }, (_, i) => {
    const { x, y } = batches[i % BATCHES] ?? { x: new Float32Array(), y: new Float32Array() }
    return model.trainStep(x, y, BATCH, 0.01).loss
  })
  model.dispose()
  return losses
}

/** Of the plain engine, once for all others. */
const references = new Map<Graph, Promise<number[]>>()
function reference(graph: Graph, config: Partial<TrainingConfig>): Promise<number[]> {
  const known = references.get(graph) ?? curve('cpu', graph, config)
  references.set(graph, known)
  return known
}

describe.each(engines)(
  'the loss curve of $name over 50 steps is that of the reference',
  ({ name, available, reason }) => {
    test.skipIf(!available).each(casesOf(name))(
      `%s${available ? '' : ` (skipped: ${reason})`}`,
      async (_, graph, config) => {
        const right = await reference(graph, config)
        expect(right.at(-1)).toBeLessThan(right[0] ?? 0)
        const losses = await curve(name, graph, config)
        expect(losses).toHaveLength(STEPS)
        const worst = Math.max(...losses.map((loss, i) => Math.abs(loss / (right[i] ?? Number.NaN) - 1)))
        expect(worst).toBeLessThan(TOLERANCE)
      },
    )
  },
)
