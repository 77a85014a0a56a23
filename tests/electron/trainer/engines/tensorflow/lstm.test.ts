import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { compile, dispose } from '../../../../../electron/trainer/compile'
import { loadOperators } from '../../../../../electron/trainer/engines/tensorflow/load'
import { tensorflow } from '../../../../../electron/trainer/engines/tensorflow/tensorflow'
import { LSTM } from '../../../../../electron/trainer/layers/lstm'
import type { LayerCase } from '../../../layerCases'
import { hasTensorflow, skipped } from '../../../tensorflow'
import { differenceFromReference } from '../caseGradients'

test('operators that are not there, or are no operators, are not used', () => {
  expect(loadOperators('/no/such/operators.node')).toEqual({ batchNorm: false, windows: false, lstmSequence: false })
  expect(loadOperators(import.meta.filename)).toEqual({ batchNorm: false, windows: false, lstmSequence: false })
})

describe.skipIf(!hasTensorflow)(`an LSTM as one operator${skipped}`, () => {
  let present = false
  beforeAll(async () => {
    expect(await tensorflow.load()).toMatchObject({ ok: true })
    present = tf.getKernel(LSTM, 'tensorflow') !== undefined
  })
  const missing = 'the engine tensorflow here was installed without its own operators'

  /** Large enough for several threads, with rests beside whole registers and whole blocks of samples. */
  function lstm(params: { readonly returnSequences: boolean; readonly useBias: boolean }): LayerCase {
    const b = new Builder()
    b.layer('lstm', { units: 37, ...params }, b.input([11, 29]))
    return { type: 'lstm', graph: b.build(), title: '' }
  }

  test.each([
    [15, { returnSequences: true, useBias: true }],
    [15, { returnSequences: false, useBias: true }],
    [17, { returnSequences: true, useBias: false }],
    [1, { returnSequences: false, useBias: true }],
    [64, { returnSequences: true, useBias: true }],
  ])('of %d samples, %j: answers and gradients equal the reference', async (batch, params) => {
    expect(await differenceFromReference(lstm(params), tensorflow, batch)).toBeLessThan(1e-4)
  })

  test.each(['concat', 'ave'] as const)(
    'in both directions, %s: answers and gradients equal the reference',
    async (mergeMode) => {
      for (const returnSequences of [true, false]) {
        const b = new Builder()
        b.layer('bidirectional', { layer: 'lstm', units: 9, mergeMode, returnSequences }, b.input([7, 5]))
        const both = { type: 'bidirectional', graph: b.build(), title: '' } as const
        expect(await differenceFromReference(both, tensorflow, 6)).toBeLessThan(1e-4)
      }
    },
  )

  test('in both directions is an operator for each', async ({ skip }) => {
    if (!present) return skip(missing)
    const b = new Builder()
    b.layer('bidirectional', { layer: 'lstm', units: 9 }, b.input([7, 5]))
    const compiled = compile(b.build())
    if (!compiled.ok) throw new Error(compiled.error.message)
    const { kernelNames } = await tf.profile(() => compiled.value.model.predict(tf.zeros([2, 7, 5])) as tf.Tensor)
    dispose(compiled.value)
    expect(kernelNames).toContain(LSTM)
    expect(kernelNames).not.toContain('Sigmoid')
  })

  test('refuses what are no sequences', ({ skip }) => {
    if (!present) return skip(missing)
    const given = { x: tf.zeros([2, 3]), kernel: tf.ones([3, 4]), recurrent: tf.zeros([1, 4]), bias: tf.zeros([4]) }
    expect(() => tf.engine().runKernel(LSTM, given, {})).toThrow('number of dimensions')
  })

  test('is right to the last digits from where gates are shut to where they are open; what is no number stays none', ({
    skip,
  }) => {
    if (!present) return skip(missing)
    const xs = [-1e4, -60, -9, -1, -1e-3, -1e-6, 0, 1e-6, 1e-3, 0.3, 1, 9, 60, 1e4, Number.NaN]
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
    const given = {
      x: tf.tensor3d(xs, [xs.length, 1, 1]),
      kernel: tf.ones([1, 4]),
      recurrent: tf.zeros([1, 4]),
      bias: tf.zeros([4]),
    }
    const [answers] = tf.engine().runKernel(LSTM, given, {}) as tf.Tensor[]
    const got = answers?.dataSync() ?? []
    for (const [i, given] of xs.entries()) {
      const x = Math.fround(given)
      const wanted = sigmoid(x) * Math.tanh(sigmoid(x) * Math.tanh(x))
      if (Number.isNaN(x)) expect(got[i]).toBeNaN()
      else expect(Math.abs((got[i] ?? Number.NaN) - wanted)).toBeLessThanOrEqual(1e-6 * Math.abs(wanted) + 1e-30)
    }
  })
})
