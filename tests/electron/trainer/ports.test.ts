import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { infer } from '#shared/graph/infer'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'
import { createRandom } from '#shared/training/random'
import { type Compiled, compile } from '../../../electron/trainer/compile'
import { wasm } from '../../../electron/trainer/engines/wasm/wasm'
import { type Fed, Model } from '../../../electron/trainer/model'

beforeAll(async () => {
  await wasm.load()
})

function compiled(graph: Graph): Compiled {
  const result = compile(graph)
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

const plain = { loss: 'meanSquaredError', optimizer: 'sgd', momentum: 0 } as const
function modelOf(graph: Graph, config: Partial<TrainingConfig>, data?: Fed): Model {
  const model = new Model(compiled(graph), wasm, { ...defaultTraining, ...config }, data)
  model.initialize()
  return model
}

const random = createRandom(7)
const normal = (n: number): Float32Array => Float32Array.from({ length: n }, () => random.normal())

type Weights = Readonly<Record<string, tf.Tensor>>
/** Gradients of a loss written by hand, beside those that a step of plain SGD at rate 1 takes. */
function expectGradients(
  model: Model,
  x: Float32Array,
  y: Float32Array,
  count: number,
  loss: (weights: Weights) => tf.Tensor,
) {
  const before = model.weights()
  const names = [...before.keys()]
  const tensors = names.map((name) => {
    const w = before.get(name)
    return tf.tensor(Float32Array.from(w?.values ?? []), [...(w?.shape ?? [])])
  })
  const byHand = (...ws: tf.Tensor[]) => loss(Object.fromEntries(names.map((n, i) => [n, ws[i] as tf.Tensor])))
  const { value, grads } = tf.valueAndGrads((...ws) => byHand(...ws) as tf.Scalar)(tensors)
  const kept = tensors.map((t) => t.dataSync().slice())
  const step = model.trainStep(x, y, count, 1)
  expect(step.loss).toBeCloseTo(value.dataSync()[0] ?? Number.NaN, 5)
  const after = model.weights()
  names.forEach((name, i) => {
    const expected = grads[i]?.dataSync() ?? []
    expected.forEach((g, k) => {
      expect((kept[i]?.[k] ?? 0) - (after.get(name)?.values[k] ?? 0), `${name}[${k}]`).toBeCloseTo(g, 4)
    })
  })
}

describe('several outputs', () => {
  /** One hidden layer, a classifier, and a second one with a loss and a weight of its own. */
  function twoHeads(weight: number): Graph {
    const b = new Builder()
    const h = b.layer('dense', { units: 5, activation: 'tanh' }, b.input([4]), { id: 'h' })
    const aux = b.layer('dense', { units: 3 }, h, { id: 'aux' })
    b.layer('output', { loss: 'meanSquaredError', lossWeight: weight }, aux, { id: 'marked' })
    const deep = b.layer('dense', { units: 6, activation: 'tanh' }, h, { id: 'deep' })
    b.layer('dense', { units: 3, activation: 'softmax' }, deep, { id: 'main' })
    return b.build()
  }
  const x = normal(4 * 8)
  const y = Float32Array.from({ length: 24 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0))
  const dense = (w: Weights, id: string, input: tf.Tensor) =>
    tf.add(tf.matMul(input as tf.Tensor2D, w[`${id}/kernel`] as tf.Tensor2D), w[`${id}/bias`] as tf.Tensor)

  test('the gradients are those of the weighted sum of their losses', () => {
    const model = modelOf(twoHeads(0.3), { ...plain, loss: 'categoricalCrossentropy' })
    expectGradients(model, x, y, 8, (w) => {
      const [xs, ts] = [tf.tensor2d(x, [8, 4]), tf.tensor2d(y, [8, 3])]
      const h = tf.tanh(dense(w, 'h', xs))
      const aux = tf.mean(tf.squaredDifference(dense(w, 'aux', h), ts))
      const logits = dense(w, 'main', tf.tanh(dense(w, 'deep', h)))
      const main = tf.mean(tf.neg(tf.sum(tf.mul(ts, tf.logSoftmax(logits)), 1)))
      return tf.add(main, tf.mul(aux, 0.3))
    })
    model.dispose()
  })

  test('a weight of 0 only watches', () => {
    const model = modelOf(twoHeads(0), { loss: 'categoricalCrossentropy', weightDecay: 0.5 })
    const before = model.weights().get('aux/kernel')?.values.slice()
    const losses = Array.from({ length: 30 }, () => model.trainStep(x, y, 8, 0.02).loss)
    expect(model.weights().get('aux/kernel')?.values).toEqual(before)
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) * 0.5)
    model.dispose()
  })

  test('the main one has the largest weight, then lies deepest, then comes first', () => {
    const named = (graph: Graph) => {
      const c = compiled(graph)
      return c.outputs[c.main]?.id
    }
    expect(named(twoHeads(0.3))).toBe('main')
    expect(named(twoHeads(1))).toBe('main')
    expect(named(twoHeads(2))).toBe('marked')
    const b = new Builder()
    const x = b.input([4])
    b.layer('dense', { units: 3 }, x, { id: 'first' })
    b.layer('dense', { units: 3 }, x, { id: 'second' })
    expect(named(b.build())).toBe('first')
  })

  test('one tensor may be several outputs', () => {
    const b = new Builder()
    const y = b.layer('dense', { units: 2 }, b.input([3]), { id: 'd' })
    b.layer('output', { loss: 'meanAbsoluteError' }, b.layer('output', { lossWeight: 0.5 }, y))
    const model = modelOf(b.build(), plain)
    const twice = new Builder()
    const p = twice.layer('softmax', {}, twice.layer('dense', { units: 2 }, twice.input([3])))
    twice.layer('output', {}, p)
    twice.layer('output', {}, p)
    const classifier = modelOf(twice.build(), {})
    expect(classifier.trainStep(normal(3), Float32Array.of(1, 0), 1, 0.1).loss).toBeGreaterThan(0)
    classifier.dispose()
    const [input, target] = [normal(6), normal(4)]
    expect(model.predictAll(input, 2)).toHaveLength(2)
    const { loss, outputs } = model.evaluate(input, target, 2)
    const differences = Array.from(outputs, (v, i) => v - (target[i] ?? 0))
    const mean = (f: (d: number) => number) => differences.reduce((sum, d) => sum + f(d) / 4, 0)
    expect(loss).toBeCloseTo(0.5 * mean((d) => d * d) + mean(Math.abs), 5)
    model.dispose()
  })

  test('numbers: outputs that make up the target together take its columns in order', () => {
    const b = new Builder()
    const h = b.layer('dense', { units: 8, activation: 'tanh' }, b.input([2]), { id: 'h' })
    b.layer('dense', { units: 1 }, h, { id: 'one' })
    b.layer('output', { lossWeight: 0.5 }, b.layer('dense', { units: 2 }, h, { id: 'two' }))
    const model = modelOf(b.build(), { ...plain, optimizer: 'adam' }, { inputShape: [2], targetSize: 3 })
    const x = normal(2 * 64)
    const y = Float32Array.from({ length: 3 * 64 }, (_, i) => {
      const [a = 0, c = 0] = x.subarray(2 * Math.floor(i / 3))
      return [a - c, a + c, a / 2][i % 3] ?? 0
    })
    const losses = Array.from({ length: 400 }, () => model.trainStep(x, y, 64, 0.02).loss)
    expect(losses.at(-1)).toBeLessThan(0.02 * (losses[0] ?? 0))
    // Side by side, as the targets are.
    model.predict(x, 64).forEach((v, i) => {
      expect(Math.abs(v - (y[i] ?? 0))).toBeLessThan(0.6)
    })
    model.dispose()
  })
})

describe('several inputs', () => {
  function sum(shapes: readonly (readonly number[])[]): Graph {
    const b = new Builder()
    const parts = shapes.map((shape, i) => {
      const x = b.input(shape, { id: `in${i}` })
      return shape.length > 1 ? b.layer('flatten', {}, x) : x
    })
    b.layer('concat', {}, parts)
    return b.build()
  }
  const predicted = (shapes: readonly (readonly number[])[], sample: readonly number[], x: readonly number[]) => {
    const targetSize = shapes.reduce((n, s) => n + s.reduce((a, b) => a * b, 1), 0)
    const model = modelOf(sum(shapes), plain, { inputShape: sample, targetSize })
    const y = [...model.predict(Float32Array.from(x), 1)]
    model.dispose()
    return y
  }

  test('each as large as a sample gets all of it', () => {
    expect(predicted([[3], [3]], [3], [1, 2, 3])).toEqual([1, 2, 3, 1, 2, 3])
    expect(predicted([[2, 2], [4]], [4], [1, 2, 3, 4])).toEqual([1, 2, 3, 4, 1, 2, 3, 4])
  })
  test('together as large as a sample, they get parts of it in order', () => {
    expect(predicted([[1], [3]], [4], [1, 2, 3, 4])).toEqual([1, 2, 3, 4])
    expect(predicted([[2, 1], [3]], [5], [1, 2, 3, 4, 5])).toEqual([1, 2, 3, 4, 5])
  })
  test('parts of the last axis where all else agrees: channels stay together', () => {
    const x = [1, 10, 2, 20, 3, 30, 4, 40]
    expect(
      predicted(
        [
          [2, 2, 1],
          [2, 2, 1],
        ],
        [2, 2, 2],
        x,
      ),
    ).toEqual([1, 2, 3, 4, 10, 20, 30, 40])
  })

  test('a network with two inputs learns what takes both', () => {
    const b = new Builder()
    const left = b.layer('dense', { units: 8, activation: 'tanh' }, b.input([2]))
    const right = b.layer('dense', { units: 8, activation: 'tanh' }, b.input([1]))
    b.layer('dense', { units: 1 }, b.layer('concat', {}, [left, right]))
    const model = modelOf(b.build(), { ...plain, optimizer: 'adam' }, { inputShape: [3], targetSize: 1 })
    const x = normal(3 * 64)
    const y = Float32Array.from({ length: 64 }, (_, i) => (x[3 * i] ?? 0) - 2 * (x[3 * i + 2] ?? 0))
    const losses = Array.from({ length: 300 }, () => model.trainStep(x, y, 64, 0.02).loss)
    expect(losses.at(-1)).toBeLessThan(0.05 * (losses[0] ?? 0))
    model.dispose()
  })
})

describe('shared layers', () => {
  /** Two pictures through the same convolution and the same dense layer; how far apart they come out. */
  function siamese(): Graph {
    const b = new Builder()
    const branch = (at: string, sharedWith?: { conv: string; dense: string }) => {
      const x = b.input([4, 4, 1], { id: `in${at}` })
      const conv = { id: `conv${at}`, ...(sharedWith && { sharedWith: sharedWith.conv }) }
      const dense = { id: `dense${at}`, ...(sharedWith && { sharedWith: sharedWith.dense }) }
      const h = b.layer('conv2d', { filters: 3, activation: 'tanh' }, x, conv)
      return b.layer('dense', { units: 2, activation: 'tanh' }, b.layer('flatten', {}, h), dense)
    }
    const [left, right] = [branch('A'), branch('B', { conv: 'convA', dense: 'denseA' })]
    b.layer('dense', { units: 1 }, b.layer('subtract', {}, [left, right]), { id: 'out' })
    return b.build()
  }
  const data = { inputShape: [4, 4, 2], targetSize: 1 }

  test('are one layer: counted once, named once, and freed', () => {
    const { totals } = infer(siamese())
    expect(totals.params.total).toBe(9 * 3 + 3 + (48 * 2 + 2) + 3)
    const before = tf.memory().numTensors
    const model = modelOf(siamese(), plain, data)
    expect([...model.weights().keys()].sort()).toEqual(
      ['convA/bias', 'convA/kernel', 'denseA/bias', 'denseA/kernel', 'out/bias', 'out/kernel'].sort(),
    )
    expect(model.parameters).toBe(totals.params.total)
    model.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  test('get the gradients of all their places', () => {
    const model = modelOf(siamese(), plain, data)
    const [x, y] = [normal(32 * 6), normal(6)]
    expectGradients(model, x, y, 6, (w) => {
      const [left, right] = tf.split(tf.tensor4d(x, [6, 4, 4, 2]), 2, -1)
      const branch = (input: tf.Tensor | undefined) => {
        const conv = tf.conv2d(input as tf.Tensor4D, w['convA/kernel'] as tf.Tensor4D, 1, 'same')
        const h = tf.reshape(tf.tanh(tf.add(conv, w['convA/bias'] as tf.Tensor)), [6, 48])
        return tf.tanh(tf.add(tf.matMul(h, w['denseA/kernel'] as tf.Tensor2D), w['denseA/bias'] as tf.Tensor))
      }
      const apart = tf.sub(branch(left), branch(right))
      const out = tf.add(tf.matMul(apart as tf.Tensor2D, w['out/kernel'] as tf.Tensor2D), w['out/bias'] as tf.Tensor)
      return tf.mean(tf.squaredDifference(out, tf.tensor2d(y, [6, 1])))
    })
    model.dispose()
  })

  test('learn', () => {
    const model = modelOf(siamese(), { ...plain, optimizer: 'adam' }, data)
    const x = normal(32 * 32)
    // Which of the two is brighter.
    const y = Float32Array.from({ length: 32 }, (_, i) => {
      const sample = x.subarray(32 * i, 32 * (i + 1))
      return sample.reduce((s, v, k) => s + (k % 2 === 0 ? v : -v), 0) / 4
    })
    const losses = Array.from({ length: 150 }, () => model.trainStep(x, y, 32, 0.01).loss)
    expect(losses.at(-1)).toBeLessThan(0.2 * (losses[0] ?? 0))
    model.dispose()
  })

  test('the place that ends the network may be one of them, and its owner may come later', () => {
    const b = new Builder()
    const first = b.layer('dense', { units: 4, activation: 'softmax' }, b.input([4]), {
      id: 'again',
      sharedWith: 'out',
    })
    b.layer('dense', { units: 4, activation: 'softmax' }, first, { id: 'out' })
    const model = modelOf(b.build(), { optimizer: 'sgd', momentum: 0 })
    const [x, y] = [normal(8), Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0)]
    expect([...model.weights().keys()]).toEqual(['out/kernel', 'out/bias'])
    expectGradients(model, x, y, 2, (w) => {
      const dense = (input: tf.Tensor) =>
        tf.add(tf.matMul(input as tf.Tensor2D, w['out/kernel'] as tf.Tensor2D), w['out/bias'] as tf.Tensor)
      const logits = dense(tf.softmax(dense(tf.tensor2d(x, [2, 4]))))
      return tf.mean(tf.neg(tf.sum(tf.mul(tf.tensor2d(y, [2, 4]), tf.logSoftmax(logits)), 1)))
    })
    model.dispose()
  })
})

test('the first broken layer is named also where layers are shared and outputs several', () => {
  const b = new Builder()
  const h = b.layer('dense', { units: 2 }, b.input([2]), { id: 'h' })
  const again = b.layer('dense', { units: 2 }, h, { id: 'again', sharedWith: 'h' })
  b.layer('output', {}, b.layer('activation', { function: 'tanh' }, h, { id: 'side' }))
  b.layer('dense', { units: 2 }, again, { id: 'out' })
  const model = modelOf(b.build(), plain)
  const broken = { values: Float32Array.of(Number.NaN, 0, 0, 0), shape: [2, 2] }
  model.setWeights(new Map([['out/kernel', broken]]))
  expect(model.firstBroken(Float32Array.of(1, 1), 1)).toBe('out')
  model.setWeights(new Map([['h/kernel', broken]]))
  expect(model.firstBroken(Float32Array.of(1, 1), 1)).toBe('h')
  model.dispose()
})
