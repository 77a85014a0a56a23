import { memory, type Tensor } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { applyEdit } from '#shared/graph/edits'
import type { Graph } from '#shared/graph/graph'
import { type LayerType, layers, layerTypes } from '#shared/layers/index'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'
import { losses, lossTypes } from '#shared/training/losses'
import { optimizerTypes } from '#shared/training/optimizers'
import { createRandom } from '#shared/training/random'
import type { OwnWeightSettings } from '#shared/training/weightSettings'
import { type TemplateName, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { compile } from '../../../../../electron/trainer/compile'
import type { Engine } from '../../../../../electron/trainer/engines/engine'
import { tensorflow } from '../../../../../electron/trainer/engines/tensorflow/tensorflow'
import { type Arrays, type Fed, Model } from '../../../../../electron/trainer/model'
import { withRandom } from '../../../../../electron/trainer/randomness'
import { hasTensorflow, skipped } from '../../../tensorflow'
import { googlenet, resnet18 } from '../../narrow'
import { RANDOM_SHAPE, randomNetwork } from '../../randomNetwork'

const { compute: _, ...rest } = tensorflow
/** The same engine, operator by operator. */
const eager: Engine = rest
const BATCH = 6

function modelOf(graph: Graph, engine: Engine, config: Partial<TrainingConfig>, fed: Partial<Fed> = {}): Model {
  const compiled = compile(graph)
  if (!compiled.ok) throw new Error(compiled.error.message)
  const { inputs, main, outputs } = compiled.value
  const targetSize = (outputs[main]?.shape ?? []).reduce((a, b) => a * b, 1)
  const data = { inputShape: inputs[0]?.shape ?? [], targetSize, ...fed }
  const model = new Model(compiled.value, engine, { ...defaultTraining, optimizer: 'sgd', ...config }, data)
  model.initialize()
  return model
}

interface Told {
  readonly steps: readonly number[]
  readonly inference: number
  readonly weights: readonly number[]
}

/** Steps with a smaller batch among them. */
function train(model: Model, classes: boolean, whole = false, seed = 0, rate = 0.05): Told {
  const random = createRandom(1)
  const { inputs } = model.compiled
  const width = inputs.reduce((n, i) => n + sizeOf(i.shape), 0)
  const size = model.answerSize
  const x = Float32Array.from({ length: BATCH * width }, () => (whole ? random.below(3) : random.normal()))
  const y = Float32Array.from({ length: BATCH * size }, (_, i) =>
    classes ? (i % size === Math.floor(i / size) % size ? 1 : 0) : random.normal(),
  )
  const steps = [BATCH, BATCH, 4, BATCH].map((count, i) => {
    const part = [x.subarray(0, count * width), y.subarray(0, count * size), count] as const
    return withRandom(createRandom(seed + i), () => model.trainStep(...part, rate).loss)
  })
  const inference = model.evaluate(x, y, BATCH).loss
  const weights = [...model.weights().values()].flatMap((w) => [...w.values])
  expect(model.refusal).toBeNull()
  model.dispose()
  return { steps, inference, weights }
}

/**
 * `whole`: numbers as they stand for words. `weights`: whether those are compared, too; batch normalization of few
 * samples makes small differences grow by orders of magnitude a step, so that of deep networks only the first losses are looked at, after
 * small steps.
 */
function compare(
  graph: Graph,
  config: Partial<TrainingConfig> = {},
  fed: Partial<Fed> = {},
  tolerance = 1e-4,
  whole = false,
  weights = true,
): void {
  const { classes } = losses[config.loss ?? defaultTraining.loss]
  const [have, want] = [tensorflow, eager].map((e) =>
    train(modelOf(graph, e, config, fed), classes, whole, 0, weights ? 0.05 : 1e-5),
  )
  if (!have || !want) throw new Error('There is nothing to compare.')
  const pairs = [
    weights ? [have.steps, want.steps] : [have.steps.slice(0, 3), want.steps.slice(0, 3)],
    [[have.inference], [want.inference]],
    [have.weights, want.weights],
  ] as const
  for (const [a, b] of pairs.slice(0, weights ? 3 : 1)) {
    expect(a).toHaveLength(b.length)
    // One expectation for all: there are up to 170,000 numbers.
    const off = a.map((v, i) => Math.abs(v - (b[i] ?? Number.NaN)) / (1 + Math.abs(b[i] ?? Number.NaN)))
    expect(off.filter((share) => !(share <= tolerance))).toEqual([])
  }
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)
const small = (inputs: readonly (readonly number[])[]): boolean => inputs.every((shape) => sizeOf(shape) <= 5000)
/** Layers that draw random numbers, each engine its own; and what computes nothing. */
const drawing: ReadonlySet<LayerType> = new Set([
  'dropout',
  'gaussianNoise',
  'spatialDropout',
  'reshape',
  'input',
  'output',
])

const settled = (graph: Graph, settings: Readonly<Record<string, OwnWeightSettings>>): Graph =>
  Object.entries(settings).reduce(
    (g, [id, own]) => applyEdit(g, { type: 'setWeightSettings', ids: [id], settings: own }),
    graph,
  )

/** Without its dropout, for which each engine draws its own numbers. */
function template(name: TemplateName, input: readonly number[], options: object = {}): Graph {
  const graph = drawTemplate(templates[name], { input, classes: 3, ...options })
  const drops = graph.nodes.filter((n) => n.type === 'dropout')
  return drops.reduce((g, { id }) => applyEdit(g, { type: 'setParams', id, params: { rate: 0 } }), graph)
}

const copy = (arrays: Arrays): Arrays =>
  new Map([...arrays].map(([name, a]) => [name, { ...a, values: Float32Array.from(a.values) }]))

function cnn(): Graph {
  const b = new Builder()
  let x = b.input([8, 8, 2])
  x = b.layer('conv2d', { filters: 4, strides: [2, 2], activation: 'relu' }, x)
  x = b.layer('activation', {}, b.layer('batchNorm', { momentum: 0.5 }, b.layer('conv2d', { filters: 6 }, x)))
  x = b.layer('maxPooling2d', {}, x)
  b.layer('dense', { units: 3, activation: 'softmax' }, b.layer('flatten', {}, x))
  return b.build()
}

function mlp(activation: 'softmax' | 'sigmoid' | 'linear'): Graph {
  const b = new Builder()
  b.layer('dense', { units: 3, activation }, b.layer('dense', { units: 5, activation: 'tanh' }, b.input([4])))
  return b.build()
}

describe.skipIf(!hasTensorflow)(`compiled steps on TensorFlow${skipped}`, () => {
  beforeAll(async () => {
    const loaded = await tensorflow.load()
    if (!loaded.ok) throw new Error(loaded.error.message)
  })

  test('train as operator by operator: convolution, batch normalization, pooling', () => compare(cnn()))

  test.each(optimizerTypes)('%s', (optimizer) => compare(mlp('softmax'), { optimizer }))

  test.each(lossTypes)('%s', (loss) => compare(mlp(losses[loss].logitsOf ?? 'linear'), { loss }))

  test('weight decay, both clippings, class weights', () => {
    compare(mlp('softmax'), { optimizer: 'adam', weightDecay: 0.1, clipNorm: 0.3, clipValue: 0.1 })
    compare(mlp('softmax'), {}, { classWeights: [0.2, 1, 3] })
  })

  test('settings of layers: regularisers, learning-rate multiplier, a frozen layer', () => {
    const settings = { kernelL1: 0.01, kernelL2: 0.02, biasL2: 0.03, learningRateMultiplier: 3 }
    compare(settled(mlp('softmax'), { dense1: settings }), { clipNorm: 1 })
    compare(settled(cnn(), { batchNorm1: { trainable: false }, conv2d1: settings }))
  })

  test('two outputs, of which one has a weight of its own', () => {
    const b = new Builder()
    const x = b.layer('dense', { units: 6, activation: 'tanh' }, b.input([4]))
    b.layer('output', { lossWeight: 0.3 }, b.layer('dense', { units: 3, activation: 'softmax' }, x))
    b.layer('dense', { units: 3, activation: 'softmax' }, b.layer('dense', { units: 5, activation: 'elu' }, x))
    compare(b.build(), {}, { targetSize: 3 })
  })

  const layerCases = layerTypes.flatMap((type) =>
    drawing.has(type)
      ? []
      : layers[type].examples.filter(({ inputs }) => small(inputs)).map((example) => ({ type, ...example })),
  )
  test.each(layerCases)('layer $type $params on $inputs', ({ inputs, params, type }) => {
    const b = new Builder()
    // Of one input, since a sample goes to all inputs of its shape.
    const wires = inputs.map((shape) => b.input(shape))
    const x = b.layer(type, params as never, wires)
    b.layer('dense', { units: 3, activation: 'softmax' }, b.layer('flatten', {}, x))
    const shape = inputs[0] ?? []
    const fed = inputs.length > 1 ? { inputShape: [inputs.reduce((n, s) => n + sizeOf(s), 0)] } : { inputShape: shape }
    compare(b.build(), {}, fed, 1e-4, type === 'embedding')
  })

  test.each<[string, () => Graph]>([
    ['MLP', () => template('mlp', [4, 4, 1], { hidden: [8], activation: 'relu', dropout: 0 })],
    ['LeNet-5', () => template('lenet5', [32, 32, 1])],
    ['MobileNetV1', () => template('mobilenetV1', [64, 64, 3], { alpha: 0.25 })],
    ['MobileNetV2', () => template('mobilenetV2', [64, 64, 3], { alpha: 0.35 })],
    ['ResNet-18', () => resnet18(8, 3)],
    ['GoogLeNet', () => googlenet(3)],
  ])('%s', (_, draw) => compare(draw(), { momentum: 0 }, {}, 1e-3, false, false), 300_000)

  test.each(Array.from({ length: 20 }, (_, seed) => seed))('network drawn at random, seed %i', (seed) => {
    compare(randomNetwork(seed), { momentum: 0 }, { inputShape: [...RANDOM_SHAPE] }, 1e-3)
  })

  test('random numbers follow from the seed of the step', () => {
    const b = new Builder()
    const noisy = b.layer('gaussianNoise', {}, b.layer('dropout', { rate: 0.3 }, b.input([40])))
    b.layer('dense', { units: 3, activation: 'softmax' }, noisy)
    const graph = b.build()
    const [one, same, other] = [0, 0, 9].map((seed) => train(modelOf(graph, tensorflow, {}), true, false, seed))
    expect(same).toEqual(one)
    expect(other?.steps[0]).not.toBe(one?.steps[0])
  })

  test('dropout keeps its share of the values, and their mean', () => {
    const b = new Builder()
    b.layer('dense', { units: 1, useBias: false }, b.layer('dropout', { rate: 0.25 }, b.input([20_000])))
    const model = modelOf(b.build(), tensorflow, { loss: 'meanSquaredError', momentum: 0 })
    const ones = new Map([...model.weights()].map(([name, w]) => [name, { ...w, values: w.values.map(() => 1) }]))
    model.setWeights(ones)
    const { outputs } = model.trainStep(new Float32Array(20_000).fill(1), Float32Array.of(0), 1, 0)
    expect(Math.abs((outputs[0] ?? 0) / 20_000 - 1)).toBeLessThan(0.02)
    model.dispose()
  })

  test('a run goes on from saved weights and slots as if it had never stopped', () => {
    const [x, y] = [new Float32Array(BATCH * 128).map((_, i) => Math.sin(i)), new Float32Array(BATCH * 3).fill(1 / 3)]
    const step = (model: Model) => model.trainStep(x, y, BATCH, 0.01).loss
    const model = modelOf(cnn(), tensorflow, { optimizer: 'adam' })
    step(model)
    const [weights, slots] = [copy(model.weights()), copy(model.optimizer.state())]
    const resumed = modelOf(cnn(), tensorflow, { optimizer: 'adam' })
    resumed.setWeights(weights)
    resumed.optimizer.setState(slots)
    resumed.optimizer.step = 1
    for (let i = 0; i < 3; i++) expect(step(resumed)).toBe(step(model))
    for (const m of [model, resumed]) m.dispose()
  })

  test('a watched step is the same step, and tells gradients and outputs', () => {
    const [x, y] = [new Float32Array(BATCH * 128).map((_, i) => Math.sin(i)), new Float32Array(BATCH * 3).fill(1 / 3)]
    const [plain, watched] = [modelOf(cnn(), tensorflow, {}), modelOf(cnn(), tensorflow, {})]
    const network = watched.withOutputsOf(['activation1'])
    const [shapes, gradients]: [number[][], string[]] = [[], []]
    const watch = {
      network,
      outputs: (values: readonly Tensor[]) => shapes.push(...values.map((v) => v.shape)),
      gradient: ({ name }: { readonly name: string }) => gradients.push(name),
    }
    for (let i = 0; i < 3; i++)
      expect(watched.trainStep(x, y, BATCH, 0.01, watch).loss).toBe(plain.trainStep(x, y, BATCH, 0.01).loss)
    expect(shapes[0]).toEqual([BATCH, 4, 4, 6])
    expect(new Set(gradients).size).toBe([...watched.compiled.weights].filter((w) => w.spec.trainable).length)
    for (const m of [plain, watched]) m.dispose()
  })

  test('batches that accumulate do as one large batch', () => {
    const [x, y] = [new Float32Array(8).map((_, i) => Math.sin(i)), Float32Array.of(1, 0, 0, 0, 1, 0)]
    const [parts, whole] = [modelOf(mlp('softmax'), tensorflow, {}), modelOf(mlp('softmax'), tensorflow, {})]
    for (let i = 0; i < 3; i++) {
      parts.accumulate(x.slice(0, 4), y.slice(0, 3), 1, 0.5)
      parts.trainStep(x.slice(4), y.slice(3), 1, 0.1, undefined, 0.5)
      whole.trainStep(x, y, 2, 0.1)
    }
    const flat = (m: Model) => [...m.weights().values()].flatMap((w) => [...w.values])
    const [have, want] = [flat(parts), flat(whole)]
    have.forEach((v, i) => {
      expect(v).toBeCloseTo(want[i] ?? Number.NaN, 5)
    })
    for (const m of [parts, whole]) m.dispose()
  })

  test('a step whose outputs are no finite numbers moves nothing', () => {
    const model = modelOf(mlp('linear'), tensorflow, { loss: 'meanSquaredError' })
    const step = (value: number) => model.trainStep(new Float32Array(4).fill(value), new Float32Array(3), 1, 0.1).loss
    step(1)
    const before = copy(model.weights())
    expect(step(Number.NaN)).toBeNaN()
    expect(copy(model.weights())).toEqual(before)
    expect(model.firstBroken(new Float32Array(4).fill(Number.NaN), 1)).toBe('input1')
    model.dispose()
  })

  test('do not leak', () => {
    const model = modelOf(cnn(), tensorflow, { optimizer: 'adam' })
    const [x, y] = [new Float32Array(BATCH * 128).fill(0.5), new Float32Array(BATCH * 3).fill(1 / 3)]
    const step = () => model.trainStep(x, y, BATCH, 0.01)
    step()
    const before = memory().numTensors
    for (let i = 0; i < 500; i++) step()
    expect(memory().numTensors).toBe(before)
    model.dispose()
  })
})
