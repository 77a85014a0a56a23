import { memory } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'
import { losses, lossTypes } from '#shared/training/losses'
import { optimizerTypes } from '#shared/training/optimizers'
import { createRandom } from '#shared/training/random'
import { compile } from '../../../../../electron/trainer/compile'
import type { Engine } from '../../../../../electron/trainer/engines/engine'
import { tensorflow } from '../../../../../electron/trainer/engines/tensorflow/tensorflow'
import { type Fed, Model } from '../../../../../electron/trainer/model'
import { withRandom } from '../../../../../electron/trainer/randomness'

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
function train(model: Model, classes: boolean): Told {
  const random = createRandom(1)
  const width = (model.compiled.inputs[0]?.shape ?? []).reduce((a, b) => a * b, 1)
  const size = model.answerSize
  const x = Float32Array.from({ length: BATCH * width }, () => random.normal())
  const y = Float32Array.from({ length: BATCH * size }, (_, i) =>
    classes ? (i % size === Math.floor(i / size) % size ? 1 : 0) : random.normal(),
  )
  const steps = [BATCH, BATCH, 4, BATCH].map((count, i) => {
    const part = [x.subarray(0, count * width), y.subarray(0, count * size), count] as const
    return withRandom(createRandom(i), () => model.trainStep(...part, 0.05).loss)
  })
  const inference = model.evaluate(x, y, BATCH).loss
  const weights = [...model.weights().values()].flatMap((w) => [...w.values])
  model.dispose()
  return { steps, inference, weights }
}

function compare(graph: Graph, config: Partial<TrainingConfig> = {}, fed: Partial<Fed> = {}, tolerance = 1e-4): void {
  const classes = losses[config.loss ?? defaultTraining.loss].classes
  const [have, want] = [tensorflow, eager].map((e) => train(modelOf(graph, e, config, fed), classes))
  if (!have || !want) throw new Error('There is nothing to compare.')
  const pairs = [
    [have.steps, want.steps],
    [[have.inference], [want.inference]],
    [have.weights, want.weights],
  ] as const
  for (const [a, b] of pairs) {
    expect(a).toHaveLength(b.length)
    a.forEach((v, i) => {
      const right = b[i] ?? Number.NaN
      expect(Math.abs(v - right)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(right)))
    })
  }
}

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

describe.skipIf(!tensorflow.probe().available)('the compiled step (needs the engine tensorflow)', () => {
  beforeAll(async () => {
    const loaded = await tensorflow.load()
    if (!loaded.ok) throw new Error(loaded.error.message)
  })

  test('trains as operator by operator: convolution, batch normalization, pooling', () => compare(cnn()))

  test.each(optimizerTypes)('%s', (optimizer) => compare(mlp('softmax'), { optimizer }))

  test.each(lossTypes)('%s', (loss) => compare(mlp(losses[loss].logitsOf ?? 'linear'), { loss }))

  test('does not leak', () => {
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
