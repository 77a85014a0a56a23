import { describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'
import { lossTypes } from '#shared/training/losses'
import { optimizerTypes } from '#shared/training/optimizers'
import { compile } from '../../../electron/trainer/compile'
import { cpu } from '../../../electron/trainer/engines/cpu/cpu'
import type { Engine } from '../../../electron/trainer/engines/engine'
import { wasm } from '../../../electron/trainer/engines/wasm/wasm'
import { type Arrays, Model } from '../../../electron/trainer/model'

async function modelOf(graph: Graph, engine: Engine, config: Partial<TrainingConfig>): Promise<Model> {
  const loaded = await engine.load()
  if (!loaded.ok) throw new Error(loaded.error.message)
  const compiled = compile(graph)
  if (!compiled.ok) throw new Error(compiled.error.message)
  const model = new Model(compiled.value, engine, { ...defaultTraining, ...config })
  model.initialize()
  return model
}

const sigmoids = (activation: 'sigmoid' | 'softmax' | 'linear' = 'sigmoid'): Graph => {
  const b = new Builder()
  const hidden = b.layer('dense', { units: 2, activation: 'sigmoid' }, b.input([2]), { id: 'hidden' })
  b.layer('dense', { units: 2, activation }, hidden, { id: 'out' })
  return b.build()
}
const arrays = (entries: Record<string, readonly [readonly number[], readonly number[]]>): Arrays =>
  new Map(
    Object.entries(entries).map(([name, [values, shape]]) => [name, { values: Float32Array.from(values), shape }]),
  )

/** The small network that is worked by hand in many courses: two inputs, two hidden and two output sigmoids. */
describe.each([cpu, wasm].map((engine) => ({ engine, on: engine.name })))('a 2-2-2 network on $on', ({ engine }) => {
  const biases = { 'hidden/bias': [[0.35, 0.35], [2]], 'out/bias': [[0.6, 0.6], [2]] } as const
  // Kernels are inputs × units: w1 and w2 feed the first hidden unit.
  const start = arrays({
    ...biases,
    'hidden/kernel': [
      [0.15, 0.25, 0.2, 0.3],
      [2, 2],
    ],
    'out/kernel': [
      [0.4, 0.5, 0.45, 0.55],
      [2, 2],
    ],
  })
  const [x, t] = [Float32Array.of(0.05, 0.1), Float32Array.of(0.01, 0.99)]

  test('outputs, error, gradients and the error after a step', async () => {
    // The mean square over two outputs is half the sum of squares.
    const model = await modelOf(sigmoids(), engine, { loss: 'meanSquaredError', optimizer: 'sgd', momentum: 0 })
    expect(model.setWeights(start)).toEqual([])
    const out = model.predict(x, 1)
    expect(out[0]).toBeCloseTo(0.75136507, 6)
    expect(out[1]).toBeCloseTo(0.772928465, 6)
    const { loss } = model.trainStep(x, t, 1, 0.5)
    expect(loss).toBeCloseTo(0.298371109, 7)
    const state = model.optimizer.state()
    // The first step of SGD is −η times the gradient.
    const gradient = (weight: string) => [...(state.get(`${weight}/velocity`)?.values ?? [])].map((v) => -v / 0.5)
    const [h, o] = [gradient('hidden/kernel'), gradient('out/kernel')]
    const expected = [0.00043857, 0.00087714, 0.00049771, 0.00099543, 0.08216704, 0.08266763, -0.02260254, -0.02274024]
    const got = [h[0], h[2], h[1], h[3], o[0], o[2], o[1], o[3]]
    expected.forEach((g, i) => {
      expect(got[i]).toBeCloseTo(g, 7)
    })
    model.setWeights(arrays(biases))
    const after = model.predict(x, 1)
    const error = 0.5 * (((after[0] ?? 0) - 0.01) ** 2 + ((after[1] ?? 0) - 0.99) ** 2)
    expect(error).toBeCloseTo(0.291027774, 7)
    model.dispose()
  })
})

const endings = { softmax: 'softmax', sigmoid: 'sigmoid' } as const
test.each(lossTypes)('training lowers %s', async (loss) => {
  const ending =
    loss === 'categoricalCrossentropy'
      ? endings.softmax
      : ['binaryCrossentropy', 'focal'].includes(loss)
        ? endings.sigmoid
        : 'linear'
  const model = await modelOf(sigmoids(ending), wasm, { loss, optimizer: 'adam' })
  const [x, t] = [Float32Array.of(0, 0, 1, 1, 0.2, 0.1), Float32Array.of(1, 0, 0, 1, 1, 0)]
  const values = Array.from({ length: 150 }, () => model.trainStep(x, t, 3, 0.02).loss)
  expect(values.at(-1)).toBeLessThan((values[0] ?? 0) * 0.8)
  model.dispose()
})

test.each(optimizerTypes)('%s lowers the loss on both engines alike', async (optimizer) => {
  const curve = async (engine: Engine) => {
    const model = await modelOf(sigmoids('softmax'), engine, { optimizer })
    const [x, t] = [Float32Array.of(0, 0, 1, 1, 0.2, 0.1), Float32Array.of(1, 0, 0, 1, 1, 0)]
    const values = Array.from({ length: 30 }, () => model.trainStep(x, t, 3, optimizer === 'adadelta' ? 5 : 0.05).loss)
    model.dispose()
    return values
  }
  const [a, b] = [await curve(wasm), await curve(cpu)]
  expect(a.at(-1)).toBeLessThan(a[0] ?? 0)
  a.forEach((v, i) => {
    expect(v).toBeCloseTo(b[i] ?? Number.NaN, 3)
  })
})

test('weight decay shrinks kernels only, and clipping bounds the step', async () => {
  const [x, t] = [Float32Array.of(0, 0), Float32Array.of(1, 0)]
  const plain = { loss: 'meanSquaredError', optimizer: 'sgd', momentum: 0 } as const
  const b = new Builder()
  b.layer('dense', { units: 2 }, b.input([2]), { id: 'd' })
  const graph = b.build()
  const set = arrays({
    'd/kernel': [
      [1, 2, 3, 4],
      [2, 2],
    ],
    'd/bias': [[1, 0], [2]],
  })
  const decayed = await modelOf(graph, wasm, { ...plain, weightDecay: 0.5 })
  decayed.setWeights(set)
  // The outputs are right, so that only decay moves anything: 1 − 0.1 · 0.5.
  decayed.trainStep(x, t, 1, 0.1)
  const kernel = [...(decayed.weights().get('d/kernel')?.values ?? [])]
  for (const [i, v] of [0.95, 1.9, 2.85, 3.8].entries()) expect(kernel[i]).toBeCloseTo(v, 5)
  expect([...(decayed.weights().get('d/bias')?.values ?? [])]).toEqual([1, 0])
  const clipped = await modelOf(graph, wasm, { ...plain, clipNorm: 0.1 })
  clipped.setWeights(set)
  clipped.trainStep(x, Float32Array.of(1001, -1000), 1, 1)
  const bias = [...(clipped.weights().get('d/bias')?.values ?? [])]
  expect(Math.hypot((bias[0] ?? 0) - 1, bias[1] ?? 0)).toBeCloseTo(0.1, 5)
  decayed.dispose()
  clipped.dispose()
})

test('the layer that first gave no finite number is named', async () => {
  const model = await modelOf(sigmoids('linear'), wasm, { loss: 'meanSquaredError' })
  model.setWeights(
    arrays({
      'out/kernel': [
        [Number.NaN, 0, 0, 0],
        [2, 2],
      ],
    }),
  )
  expect(model.firstBroken(Float32Array.of(1, 1), 1)).toBe('out')
  model.dispose()
})
