import { memory } from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { applyEdit } from '#shared/graph/edits'
import type { Graph } from '#shared/graph/graph'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'
import { createRandom } from '#shared/training/random'
import type { OwnWeightSettings } from '#shared/training/weightSettings'
import { compile } from '../../../electron/trainer/compile'
import { cpu } from '../../../electron/trainer/engines/cpu/cpu'
import type { Engine } from '../../../electron/trainer/engines/engine'
import { onnx } from '../../../electron/trainer/engines/onnx/onnx'
import { wasm } from '../../../electron/trainer/engines/wasm/wasm'
import { type Arrays, Model } from '../../../electron/trainer/model'

const plain = { loss: 'meanSquaredError', optimizer: 'sgd', momentum: 0, schedule: 'constant' } as const

async function modelOf(
  graph: Graph,
  config: Partial<TrainingConfig> = {},
  engine: Engine = wasm,
  classWeights?: readonly number[],
): Promise<Model> {
  const loaded = await engine.load()
  if (!loaded.ok) throw new Error(loaded.error.message)
  const compiled = compile(graph)
  if (!compiled.ok) throw new Error(compiled.error.message)
  const [input, output] = [compiled.value.inputs[0]?.shape ?? [], compiled.value.outputs[0]?.shape ?? []]
  const data = { inputShape: input, targetSize: output[0] ?? 0, ...(classWeights && { classWeights }) }
  const model = new Model(compiled.value, engine, { ...defaultTraining, ...plain, ...config }, data)
  model.initialize()
  return model
}

/** Two dense layers, three numbers in and two out. */
function small(first: OwnWeightSettings = {}, second: OwnWeightSettings = {}): Graph {
  const b = new Builder()
  const hidden = b.layer('dense', { units: 4, activation: 'tanh' }, b.input([3]), { id: 'a' })
  b.layer('dense', { units: 2 }, hidden, { id: 'b' })
  return settled(settled(b.build(), 'a', first), 'b', second)
}
const settled = (graph: Graph, id: string, settings: OwnWeightSettings): Graph =>
  applyEdit(graph, { type: 'setWeightSettings', ids: [id], settings })

const numbers = (count: number, seed: number): Float32Array => {
  const random = createRandom(seed)
  return Float32Array.from({ length: count }, () => random.normal())
}
/** Ten samples. */
const [x, y] = [numbers(30, 1), numbers(20, 2)]
const batch = (from: number, to: number) =>
  [x.subarray(from * 3, to * 3), y.subarray(from * 2, to * 2), to - from] as const
const valuesOf = (arrays: Arrays, name: string): number[] => [...(arrays.get(name)?.values ?? [])]
/** The cpu engine changes arrays in place. */
const copyOf = (arrays: Arrays): Arrays =>
  new Map([...arrays].map(([name, a]) => [name, { ...a, values: Float32Array.from(a.values) }]))
const all = (arrays: Arrays): number[] => [...arrays.values()].flatMap(({ values }) => [...values])
function expectClose(a: readonly number[], b: readonly number[], digits = 6): void {
  expect(a).toHaveLength(b.length)
  a.forEach((v, i) => {
    expect(v).toBeCloseTo(b[i] ?? Number.NaN, digits)
  })
}

describe.each([wasm, cpu, onnx].map((engine) => ({ engine, on: engine.name })))('on $on', ({ engine }) => {
  test('batches of 4, 4 and 2 accumulate to what a batch of 10 does, step after step', async () => {
    const settings = { optimizer: 'adam', clipNorm: 0.5 } as const
    const [whole, parts] = [await modelOf(small(), settings, engine), await modelOf(small(), settings, engine)]
    for (let step = 0; step < 5; step++) {
      const one = whole.trainStep(...batch(0, 10), 0.01)
      const losses = [
        parts.accumulate(...batch(0, 4), 0.4).loss,
        parts.accumulate(...batch(4, 8), 0.4).loss,
        parts.trainStep(...batch(8, 10), 0.01, undefined, 0.2).loss,
      ]
      expect(0.4 * (losses[0] ?? 0) + 0.4 * (losses[1] ?? 0) + 0.2 * (losses[2] ?? 0)).toBeCloseTo(one.loss, 5)
    }
    expect(parts.optimizer.step).toBe(5)
    expectClose(all(parts.weights()), all(whole.weights()), 5)
    expectClose(all(parts.optimizer.state()), all(whole.optimizer.state()), 5)
    whole.dispose()
    parts.dispose()
  })

  test('regularisers add to the loss, and their derivative to the gradient', async () => {
    const graph = small({ kernelL1: 0.01, kernelL2: 0.02 }, { biasL2: 0.5 })
    const [bare, regular] = [await modelOf(small(), {}, engine), await modelOf(graph, {}, engine)]
    const start = new Map([...copyOf(bare.weights()), ['b/bias', { values: Float32Array.of(1, -2), shape: [2] }]])
    bare.setWeights(copyOf(start))
    regular.setWeights(copyOf(start))
    const kernel = valuesOf(start, 'a/kernel')
    const penalty = kernel.reduce((sum, w) => sum + 0.01 * Math.abs(w) + 0.02 * w * w, 0) + 0.5 * (1 + 4)
    expect(regular.penalty).toBeCloseTo(penalty, 5)
    expect(bare.penalty).toBe(0)
    expect(regular.evaluate(...batch(0, 10)).loss).toBeCloseTo(bare.evaluate(...batch(0, 10)).loss + penalty, 5)
    const [a, b] = [bare.trainStep(...batch(0, 10), 0.1), regular.trainStep(...batch(0, 10), 0.1)]
    expect(b.loss).toBeCloseTo(a.loss + penalty, 5)
    // After a plain step of gradient descent the weights differ by −η times the derivative of the penalty.
    const now = (model: Model, name: string) => valuesOf(model.weights(), name)
    expectClose(
      now(regular, 'a/kernel'),
      now(bare, 'a/kernel').map((w, i) => w - 0.1 * (0.01 * Math.sign(kernel[i] ?? 0) + 0.04 * (kernel[i] ?? 0))),
    )
    expectClose(
      now(regular, 'b/bias'),
      now(bare, 'b/bias').map((w, i) => w - 0.1 * (i === 0 ? 1 : -2)),
    )
    expectClose(now(regular, 'b/kernel'), now(bare, 'b/kernel'))
    bare.dispose()
    regular.dispose()
  })
})

test('accumulated gradients are let go of', async () => {
  const model = await modelOf(small())
  const step = () => {
    model.accumulate(...batch(0, 5), 0.5)
    model.trainStep(...batch(5, 10), 0.01, undefined, 0.5)
  }
  step()
  const before = memory().numTensors
  for (let i = 0; i < 10; i++) step()
  expect(memory().numTensors).toBe(before)
  model.dispose()
})

test('clipping by value cuts each number of a gradient', async () => {
  const [bare, cut] = [await modelOf(small()), await modelOf(small(), { clipValue: 0.05 })]
  const start = all(bare.weights())
  bare.trainStep(...batch(0, 10), 1)
  cut.trainStep(...batch(0, 10), 1)
  const gradient = all(bare.weights()).map((w, i) => (start[i] ?? 0) - w)
  expect(gradient.some((g) => Math.abs(g) > 0.05)).toBe(true)
  expectClose(
    all(cut.weights()),
    start.map((w, i) => w - Math.max(-0.05, Math.min(0.05, gradient[i] ?? 0))),
  )
  bare.dispose()
  cut.dispose()
})

test('clipping by value comes before clipping by norm', async () => {
  const [cut, both] = [
    await modelOf(small(), { clipValue: 0.05 }),
    await modelOf(small(), { clipValue: 0.05, clipNorm: 0.02 }),
  ]
  const start = all(cut.weights())
  cut.trainStep(...batch(0, 10), 1)
  both.trainStep(...batch(0, 10), 1)
  const gradient = all(cut.weights()).map((w, i) => (start[i] ?? 0) - w)
  const norm = Math.hypot(...gradient)
  expect(norm).toBeGreaterThan(0.02)
  expectClose(
    all(both.weights()),
    start.map((w, i) => w - (0.02 / norm) * (gradient[i] ?? 0)),
  )
  cut.dispose()
  both.dispose()
})

test('a frozen layer stays, a layer with half the rate moves half as far, decay included', async () => {
  const settings = { weightDecay: 0.1 }
  const bare = await modelOf(small(), settings)
  const model = await modelOf(small({ trainable: false }, { learningRateMultiplier: 0.5 }), settings)
  const start = bare.weights()
  bare.trainStep(...batch(0, 10), 0.1)
  model.trainStep(...batch(0, 10), 0.1)
  for (const name of ['a/kernel', 'a/bias']) expect(valuesOf(model.weights(), name)).toEqual(valuesOf(start, name))
  for (const name of ['b/kernel', 'b/bias']) {
    const from = valuesOf(start, name)
    const full = valuesOf(bare.weights(), name).map((w, i) => w - (from[i] ?? 0))
    expectClose(
      valuesOf(model.weights(), name),
      from.map((w, i) => w + 0.5 * (full[i] ?? 0)),
    )
  }
  // Nothing is remembered for what does not move.
  expect([...model.optimizer.state().keys()]).toEqual(['b/kernel/velocity', 'b/bias/velocity'])
  bare.dispose()
  model.dispose()
})

test.each([wasm, onnx])(
  'a frozen batch normalization uses its moving statistics in training, and keeps them: $name',
  async (engine) => {
    const b = new Builder()
    const norm = b.layer('batchNorm', {}, b.layer('dense', { units: 4 }, b.input([3]), { id: 'a' }), { id: 'norm' })
    b.layer('dense', { units: 2 }, norm, { id: 'b' })
    const graph = b.build()
    const [free, frozen] = [
      await modelOf(graph, {}, engine),
      await modelOf(settled(graph, 'norm', { trainable: false }), {}, engine),
    ]
    const before = frozen.weights()
    const still = frozen.evaluate(...batch(0, 10)).loss
    expect(frozen.trainStep(...batch(0, 10), 0.1).loss).toBeCloseTo(still, 5)
    expect(free.trainStep(...batch(0, 10), 0.1).loss).not.toBeCloseTo(still, 2)
    const statistics = ['norm/gamma', 'norm/beta', 'norm/movingMean', 'norm/movingVariance']
    for (const name of statistics) expect(valuesOf(frozen.weights(), name)).toEqual(valuesOf(before, name))
    expect(valuesOf(free.weights(), 'norm/movingMean')).not.toEqual(valuesOf(before, 'norm/movingMean'))
    expect(valuesOf(frozen.weights(), 'a/kernel')).not.toEqual(valuesOf(before, 'a/kernel'))
    free.dispose()
    frozen.dispose()
  },
)

test('class weights scale the loss and the gradient of each sample', async () => {
  const b = new Builder()
  b.layer('dense', { units: 2, activation: 'softmax' }, b.input([3]), { id: 'd' })
  const graph = b.build()
  const config = { loss: 'categoricalCrossentropy' } as const
  const targets = Float32Array.from({ length: 20 }, (_, i) => (Math.floor(i / 2) < 7 ? 1 - (i % 2) : i % 2))
  const [first, second] = [
    [x.subarray(0, 21), targets.subarray(0, 14), 7] as const,
    [x.subarray(21), targets.subarray(14), 3] as const,
  ]
  const [weighted, apart] = [await modelOf(graph, config, wasm, [0.5, 3]), await modelOf(graph, config)]
  // Seven samples of the one class, three of the other: each part at its weight, and over all ten.
  const parts = [
    0.5 * 0.7 * apart.accumulate(...first, 0.5 * 0.7).loss,
    3 * 0.3 * apart.trainStep(...second, 0.1, undefined, 3 * 0.3).loss,
  ]
  const { loss } = weighted.trainStep(x, targets, 10, 0.1)
  expect(loss).toBeCloseTo((parts[0] ?? 0) + (parts[1] ?? 0), 5)
  expectClose(all(weighted.weights()), all(apart.weights()))
  // Validation counts all samples the same.
  expect(weighted.evaluate(x, targets, 10).loss).toBeCloseTo(apart.evaluate(x, targets, 10).loss, 5)
  weighted.dispose()
  apart.dispose()
})

test('weights begin as their layer says, from the seed', async () => {
  const b = new Builder()
  const cells = b.layer('lstm', { units: 8 }, b.input([5, 4]), { id: 'cells' })
  b.layer('dense', { units: 6 }, cells, { id: 'd' })
  const graph = settled(
    settled(b.build(), 'd', { kernelInitializer: 'identity', biasInitializer: 'constant', biasInitializerScale: 0.5 }),
    'cells',
    {
      kernelInitializer: 'zeros',
    },
  )
  const model = await modelOf(graph)
  const weights = model.weights()
  const dense = valuesOf(weights, 'd/kernel')
  expect(dense.every((v, i) => v === (Math.floor(i / 6) === i % 6 ? 1 : 0))).toBe(true)
  expect(valuesOf(weights, 'd/bias')).toEqual(Array(6).fill(0.5))
  expect(valuesOf(weights, 'cells/kernel').every((v) => v === 0)).toBe(true)
  // Orthogonal rows, whatever the kernel is.
  const recurrent = valuesOf(weights, 'cells/recurrentKernel')
  const row = (r: number) => recurrent.slice(r * 32, (r + 1) * 32)
  const dot = (a: number[], c: number[]) => a.reduce((sum, v, i) => sum + v * (c[i] ?? 0), 0)
  expect(dot(row(0), row(0))).toBeCloseTo(1, 5)
  expect(dot(row(0), row(5))).toBeCloseTo(0, 5)
  model.dispose()
})
