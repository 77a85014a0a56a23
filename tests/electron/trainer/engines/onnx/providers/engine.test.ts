import { beforeAll, describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'
import { losses, lossTypes } from '#shared/training/losses'
import { optimizerTypes } from '#shared/training/optimizers'
import { compile } from '../../../../../../electron/trainer/compile'
import { loadEngine } from '../../../../../../electron/trainer/engines'
import { Model } from '../../../../../../electron/trainer/model'
import { hasSoftwareGpu, skipped, useSoftwareGpu } from '../../webgpu/softwareGpu'
import { BATCH, cnn, compareTraining, ending } from '../sameTraining'

const engine = 'onnx-webgpu'
const compare = (graph: Graph, config: Partial<TrainingConfig> = {}) => compareTraining(engine, graph, config)

async function modelOf(graph: Graph, config: Partial<TrainingConfig> = {}): Promise<Model> {
  const loaded = await loadEngine(engine)
  const compiled = compile(graph)
  if (!loaded.ok || !compiled.ok) throw new Error('The engine or the network is not there.')
  const model = new Model(compiled.value, loaded.value, { ...defaultTraining, ...config })
  model.initialize()
  return model
}

const targets = Float32Array.from({ length: BATCH * 3 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0))
const inputs = (width: number) => Float32Array.from({ length: BATCH * width }, (_, i) => Math.sin(i))
const arraysOf = (model: Model) =>
  [model.weights(), model.optimizer.state()].map((all) => [...all].map(([name, w]) => [name, [...w.values]] as const))

describe.skipIf(!hasSoftwareGpu)(`the engine onnx-webgpu${skipped}`, () => {
  beforeAll(useSoftwareGpu)

  test('is found, computes the known run, and says on what', async () => {
    const loaded = await loadEngine(engine)
    if (!loaded.ok) throw new Error(loaded.error.message)
    expect(await loaded.value.probe()).toMatchObject({
      available: true,
      device: expect.stringMatching(/swift/i),
    })
  })

  test('trains as the built-in engine: convolution, batch normalization, pooling', () => compare(cnn()))
  test('clipping, weight decay', () => compare(cnn(), { optimizer: 'adam', clipNorm: 0.5, weightDecay: 0.01 }))
  test.each(optimizerTypes)('%s', (optimizer) => compare(ending('softmax'), { optimizer }))
  test.each(lossTypes)('%s', (loss) => compare(ending(losses[loss].logitsOf ?? 'linear'), { loss }))

  test('weights and optimizer stay on the GPU, and come from there and go there', async () => {
    const [first, second] = [await modelOf(cnn(), { optimizer: 'adam' }), await modelOf(cnn(), { optimizer: 'adam' })]
    const steps = (model: Model) => {
      const seen = [1, 2, 3].map(() => model.trainStep(inputs(128), targets, BATCH, 0.05).loss)
      model.accumulate(inputs(128), targets, BATCH, 0.5)
      return [...seen, model.trainStep(inputs(128), targets, BATCH, 0.05, undefined, 0.5).loss]
    }
    const begin = steps(first)
    expect(second.setWeights(first.weights())).toEqual([])
    expect(second.optimizer.setState(first.optimizer.state())).toEqual([])
    second.optimizer.step = first.optimizer.step
    const [on, taken] = [steps(first), steps(second)]
    taken.forEach((loss, i) => {
      expect(loss).toBeCloseTo(on[i] ?? Number.NaN, 5)
    })
    expect(on[0]).toBeLessThan(begin[0] ?? 0)
    for (const model of [first, second]) model.dispose()
  })

  test('a step whose loss is no number leaves weights and optimizer as they were', async () => {
    const model = await modelOf(ending('softmax'), { optimizer: 'adam' })
    model.trainStep(inputs(4), targets, BATCH, 0.1)
    const before = arraysOf(model)
    expect(model.trainStep(inputs(4).fill(Number.NaN), targets, BATCH, 0.1).loss).toBeNaN()
    expect(arraysOf(model)).toEqual(before)
    expect(model.optimizer.step).toBe(1)
    model.dispose()
  })

  test('layers and gradients can be watched, also where the optimizer keeps the gradient', async () => {
    const model = await modelOf(cnn(), { optimizer: 'sgd', momentum: 0 })
    const seen: number[][] = []
    const gradients = new Set<string>()
    model.trainStep(inputs(128), targets, BATCH, 0.01, {
      network: model.withOutputsOf(['relu']),
      outputs: (values) => seen.push(...values.map((v) => v.shape)),
      gradient: ({ name }) => gradients.add(name),
    })
    expect(seen).toEqual([[BATCH, 4, 4, 4]])
    expect(gradients.size).toBe(5)
    model.dispose()
  })

  test('what it has no operator for, the processor computes, and the model says so', async () => {
    const b = new Builder()
    const x = b.layer('lrn', {}, b.layer('conv2d', { filters: 4 }, b.input([4, 4, 1])))
    b.layer('dense', { units: 3, activation: 'softmax' }, b.layer('flatten', {}, x))
    const model = await modelOf(b.build())
    model.trainStep(inputs(16), targets, BATCH, 0.1)
    expect(model.mixed).toBe(false)
    // The whole operator is for inference.
    model.evaluate(inputs(16), targets, BATCH)
    expect(model.mixed).toBe(true)
    model.dispose()
  })
})
