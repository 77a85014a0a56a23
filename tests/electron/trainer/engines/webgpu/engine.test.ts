import * as tf from '@tensorflow/tfjs'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { beforeAll, describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'
import { losses, lossTypes } from '#shared/training/losses'
import { optimizerTypes } from '#shared/training/optimizers'
import { createRandom } from '#shared/training/random'
import { compile } from '../../../../../electron/trainer/compile'
import { loadEngine } from '../../../../../electron/trainer/engines'
import { Model } from '../../../../../electron/trainer/model'
import { withRandom } from '../../../../../electron/trainer/randomness'
import { hasSoftwareGpu, skipped, useSoftwareGpu } from './softwareGpu'

const BATCH = 6

function cnn(): Graph {
  const b = new Builder()
  let x = b.layer('conv2d', { filters: 4, strides: [2, 2], useBias: false }, b.input([8, 8, 2]))
  x = b.layer('activation', {}, b.layer('batchNorm', { momentum: 0.5 }, x), { id: 'relu' })
  x = b.layer('maxPooling2d', {}, x)
  b.layer('dense', { units: 3, activation: 'softmax' }, b.layer('flatten', {}, x))
  return b.build()
}

function mlp(activation: 'softmax' | 'sigmoid' | 'linear'): Graph {
  const b = new Builder()
  b.layer('dense', { units: 3, activation }, b.layer('dense', { units: 5, activation: 'tanh' }, b.input([4])))
  return b.build()
}

async function modelOf(name: 'webgpu' | 'wasm', graph: Graph, config: Partial<TrainingConfig>): Promise<Model> {
  const engine = await loadEngine(name)
  const compiled = compile(graph)
  if (!engine.ok || !compiled.ok) throw new Error('The engine or the network is not there.')
  const model = new Model(compiled.value, engine.value, { ...defaultTraining, ...config })
  model.initialize()
  return model
}

function batch(model: Model, count = BATCH) {
  const random = createRandom(1)
  const width = (model.compiled.inputs[0]?.shape ?? []).reduce((a, b) => a * b, 1)
  const x = Float32Array.from({ length: count * width }, () => random.normal())
  const y = Float32Array.from({ length: count * 3 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0))
  return [x, y, count] as const
}

/** Losses of steps with a smaller batch and an accumulated one among them, the loss as at inference, weights and the optimizer's state. */
async function train(name: 'webgpu' | 'wasm', graph: Graph, config: Partial<TrainingConfig>): Promise<number[][]> {
  const model = await modelOf(name, graph, config)
  const steps = [BATCH, BATCH, 4, BATCH].map((count, i) => {
    if (i === 1) model.accumulate(...batch(model), 0.5)
    const share = i === 1 ? 0.5 : 1
    return withRandom(createRandom(i), () => model.trainStep(...batch(model, count), 0.05, undefined, share).loss)
  })
  const inference = model.evaluate(...batch(model)).loss
  const [weights, slots] = [model.weights(), model.optimizer.state()].map((a) =>
    [...a.values()].flatMap((w) => [...w.values]),
  )
  model.dispose()
  return [steps, [inference], weights ?? [], slots ?? []]
}

async function compare(graph: Graph, config: Partial<TrainingConfig> = {}): Promise<void> {
  const [have, want] = [await train('webgpu', graph, config), await train('wasm', graph, config)]
  expect(have.map((v) => v.length)).toEqual(want.map((v) => v.length))
  want.flat().forEach((right, i) => {
    expect(Math.abs((have.flat()[i] ?? Number.NaN) - right)).toBeLessThanOrEqual(1e-4 * (1 + Math.abs(right)))
  })
}

describe.skipIf(!hasSoftwareGpu)(`the engine webgpu${skipped}`, () => {
  beforeAll(useSoftwareGpu)

  test('is found, computes the known run, and says on what', async () => {
    const loaded = await loadEngine('webgpu')
    expect(loaded.ok && (await loaded.value.probe())).toMatchObject({
      available: true,
      device: expect.stringMatching(/swift/i),
    })
  })

  test('trains as the built-in engine: convolution, batch normalization, pooling', () =>
    compare(cnn(), { optimizer: 'sgd' }))
  test('clipping, weight decay', () => compare(cnn(), { optimizer: 'adam', clipNorm: 0.5, weightDecay: 0.01 }))
  test.each(optimizerTypes)('%s', (optimizer) => compare(mlp('softmax'), { optimizer }))
  test.each(lossTypes)('%s', (loss) => compare(mlp(losses[loss].logitsOf ?? 'linear'), { loss, optimizer: 'sgd' }))

  test('a step whose loss is no number leaves weights and optimizer as they were', async () => {
    const b = new Builder()
    b.layer('dense', { units: 3, activation: 'softmax' }, b.input([4]))
    const model = await modelOf('webgpu', b.build(), { optimizer: 'adam' })
    const before = [...model.weights()]
    const [x, y, count] = batch(model)
    expect(model.trainStep(x.fill(Number.NaN), y, count, 0.1).loss).toBeNaN()
    expect([...model.weights()]).toEqual(before)
    expect(model.optimizer.step).toBe(0)
    model.dispose()
  })

  test('layers can be watched, and nothing is left behind', async () => {
    const model = await modelOf('webgpu', cnn(), { optimizer: 'adam' })
    const network = model.withOutputsOf(['relu'])
    const seen: number[][] = []
    const gradients = new Set<string>()
    const step = () =>
      model.trainStep(...batch(model), 0.01, {
        network,
        outputs: (values) => seen.push(...values.map((v) => v.shape)),
        gradient: ({ name }) => gradients.add(name),
      })
    step()
    const { numTensors } = tf.memory()
    for (let i = 0; i < 5; i++) step()
    expect(tf.memory().numTensors).toBe(numTensors)
    expect(seen[0]).toEqual([BATCH, 4, 4, 4])
    expect(gradients.size).toBe(5)
    model.dispose()
  })

  // The last one: the GPU stays failed.
  test('a GPU that fails says why, and gives no numbers', async () => {
    await loadEngine('webgpu')
    const backend = tf.backend()
    if (!(backend instanceof WebGPUBackend)) throw new Error('Another backend computes.')
    const x = tf.mul(tf.ones([64, 64]), 2)
    backend.device.createBuffer({ size: 2 ** 42, usage: GPUBufferUsage.STORAGE })
    expect(() => x.dataSync()).toThrow(
      /^The GPU failed: Buffer size \(4398046511104\) exceeds .*\d\)\. Use a smaller batch/,
    )
    x.dispose()
  })
})
