import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { createRandom } from '#shared/training/random'
import { installedTensorflow } from '../../../../../electron/engineInstall/engineFolder'
import { nodeBackend } from '../../../../../electron/trainer/engines/tensorflow/compiled/binding'
import { fuseActivations } from '../../../../../electron/trainer/engines/tensorflow/compiled/fuseActivations'
import { Program } from '../../../../../electron/trainer/engines/tensorflow/compiled/program'
import { type Traced, trace } from '../../../../../electron/trainer/engines/tensorflow/compiled/trace'
import { loadOperators } from '../../../../../electron/trainer/engines/tensorflow/load'
import { tensorflow } from '../../../../../electron/trainer/engines/tensorflow/tensorflow'
import { BATCH_NORM } from '../../../../../electron/trainer/layers/batchNorm'
import type { LayerCase } from '../../../layerCases'
import { hasTensorflow, skipped } from '../../../tensorflow'
import { differenceFromReference } from '../caseGradients'

type Shape = [number, number, number, number]

describe.skipIf(!hasTensorflow)(`batch normalization in training on TensorFlow${skipped}`, () => {
  let own = false
  beforeAll(async () => {
    expect(await tensorflow.load()).toMatchObject({ ok: true })
    const installed = installedTensorflow()
    own = installed.kind === 'whole' && loadOperators(installed.operators).batchNorm
  })
  const missing = 'the engine tensorflow here was installed without its own operators'

  function normalization(input: [number, number, number] | [number], params: object): LayerCase {
    const b = new Builder()
    b.layer('batchNorm', params, b.input(input))
    return { type: 'batchNorm', graph: b.build(), title: '' }
  }

  // Rests beside whole registers and whole parts of a batch; a single channel, and more channels than rows.
  test.each<[number, [number, number, number] | [number], object]>([
    [2, [1, 1, 3], {}],
    [3, [5, 7, 1], {}],
    [5, [16, 17, 3], { epsilon: 0.1 }],
    [6, [9, 11, 6], { scale: false }],
    [7, [64, 33, 17], { center: false }],
    [9, [24, 32, 64], {}],
    [3, [2, 2, 200], { scale: false, center: false }],
    [4, [33], {}],
  ])('of %d samples %j, %j: answers, statistics and gradients equal the reference', async (batch, input, params) => {
    expect(await differenceFromReference(normalization(input, params), tensorflow, batch)).toBeLessThan(1e-4)
  })

  const draw = (shape: Shape, mean = 0, deviation = 1, seed = 1): tf.Tensor => {
    const random = createRandom(seed)
    const size = shape.reduce((a, b) => a * b)
    return tf.tensor(
      Float32Array.from({ length: size }, () => mean + deviation * random.normal()),
      shape,
    )
  }

  interface Normalized {
    readonly y: tf.Tensor
    readonly mean: tf.Tensor
    readonly variance: tf.Tensor
  }
  function normalize(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): Normalized {
    const results: tf.Tensor[] = tf.engine().runKernel(BATCH_NORM, { x, scale, offset }, { epsilon: 1e-3 })
    const [y, mean, variance] = results as [tf.Tensor, tf.Tensor, tf.Tensor]
    return { y, mean, variance }
  }

  test('a mean far larger than the deviation takes no digits from the variance', () => {
    const channels = 5
    for (const mean of [0, 30, -1000]) {
      const x = draw([32, 31, 29, channels], mean, 0.1)
      const { variance } = normalize(x, tf.ones([channels]), tf.zeros([channels]))
      const values = x.dataSync()
      for (const [channel, got] of variance.dataSync().entries()) {
        const one = [...values].filter((_, i) => i % channels === channel)
        const middle = one.reduce((a, b) => a + b) / one.length
        const wanted = one.reduce((sum, v) => sum + (v - middle) ** 2, 0) / (one.length - 1)
        expect(Math.abs(got / wanted - 1)).toBeLessThan(1e-4)
      }
    }
  })

  test('a single row has no variance; what is no number stays none', () => {
    const one = normalize(tf.ones([1, 1, 1, 3]), tf.ones([3]), tf.tensor1d([1, 2, 3]))
    expect([...one.variance.dataSync()]).toEqual([0, 0, 0])
    expect([...one.y.dataSync()]).toEqual([1, 2, 3])
    const none = normalize(tf.tensor4d([1, Number.NaN, 2, 3], [2, 1, 1, 2]), tf.ones([2]), tf.zeros([2]))
    expect([...none.y.dataSync()].map(Number.isNaN)).toEqual([false, true, false, true])
  })

  /** Answers and gradients of two normalizations, an activation after each; the first's is taken by somebody else, too, if it is shared. */
  function traced(shape: Shape, activation: (x: tf.Tensor) => tf.Tensor, shared: boolean) {
    const backend = nodeBackend()
    if (!backend) throw new Error('There is no tfjs-node that can be traced.')
    const channels = shape[3]
    const d = draw(shape, 0, 1, 2)
    const inputs = [
      draw(shape, 3, 2),
      draw([1, 1, 1, channels], 1, 0.3, 3).flatten(),
      draw([1, 1, 1, channels], 1, 2, 4).flatten(),
      d,
    ]
    const compute = () => {
      const [x, scale, offset, d] = inputs as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
      const answer = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) => {
        const first = normalize(x, scale, offset).y
        const second = activation(normalize(activation(first), scale, offset).y)
        return shared ? tf.add(second, first) : second
      }
      const gradients = tf.grads((...xs: tf.Tensor[]) => answer(...(xs as [tf.Tensor, tf.Tensor, tf.Tensor])))
      const [dX, dScale, dOffset] = gradients([x, scale, offset], d) as [tf.Tensor, tf.Tensor, tf.Tensor]
      return new Map(Object.entries({ y: answer(x, scale, offset), dX, dScale, dOffset }))
    }
    const run = (graph: Traced) => {
      const program = new Program(backend, graph)
      const results = program.run(inputs, program.names)
      program.dispose()
      return results
    }
    const plain = trace(backend, inputs, compute)
    return { plain, fused: fuseActivations(plain), run }
  }
  const operatorsOf = ({ graph }: Traced, name: RegExp) => graph.nodes.filter(({ op }) => name.test(op)).length

  for (const [activation, shared, left] of [
    [tf.relu, false, 0],
    // Twice forward, and once back.
    [tf.relu, true, 3],
    [tf.relu6, false, 0],
  ] as const)
    test(`${activation === tf.relu ? 'relu' : 'relu6'} after it${shared ? ', its own result taken besides' : ''}: at once it is the same`, ({
      skip,
    }) => {
      if (!own) return skip(missing)
      const { fused, plain, run } = traced([5, 14, 15, 7], activation, shared)
      expect(operatorsOf(plain, /^Relu/)).toBeGreaterThan(4)
      expect(operatorsOf(fused, /^Relu/)).toBe(left)
      const [have, want] = [run(fused), run(plain)]
      for (const [result, wanted] of want) {
        const [got, size] = [have.get(result), tf.max(tf.abs(wanted)).dataSync()[0] ?? Number.NaN]
        if (!got) throw new Error(`There is no ${result}.`)
        const worst = tf.max(tf.abs(tf.sub(got, wanted))).dataSync()[0] ?? Number.NaN
        expect(size).toBeGreaterThan(0.1)
        expect(worst / size).toBeLessThan(1e-5)
      }
    })

  test('operators of our own are taken where they are there', ({ skip }) => {
    if (!own) return skip(missing)
    const { plain } = traced([2, 3, 3, 4], tf.relu, false)
    expect(operatorsOf(plain, /^NetloomBatchNorm$/)).toBeGreaterThan(0)
    expect(operatorsOf(plain, /FusedBatchNorm/)).toBe(0)
  })
})
