import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { installedTensorflow } from '../../../../../electron/engineInstall/engineFolder'
import { loadOperators } from '../../../../../electron/trainer/engines/tensorflow/load'
import { tensorflow } from '../../../../../electron/trainer/engines/tensorflow/tensorflow'
import { hasTensorflow, skipped } from '../../../tensorflow'
import { differenceFromReference } from '../caseGradients'

interface Params {
  readonly poolSize: [number, number]
  readonly strides: [number, number]
  readonly padding: 'same' | 'valid'
}

describe.skipIf(!hasTensorflow)(`the gradient of max pooling by our own operator${skipped}`, () => {
  beforeAll(async () => {
    expect(await tensorflow.load()).toMatchObject({ ok: true })
  })

  // Rests beside whole registers and parts of a batch; windows that touch, overlap, leave gaps, and reach beyond the map.
  test.each<[number, [number, number, number], Params]>([
    [2, [4, 4, 1], { poolSize: [2, 2], strides: [2, 2], padding: 'valid' }],
    [5, [28, 28, 6], { poolSize: [2, 2], strides: [2, 2], padding: 'valid' }],
    [3, [9, 7, 3], { poolSize: [2, 2], strides: [2, 2], padding: 'same' }],
    [7, [32, 32, 33], { poolSize: [2, 2], strides: [2, 2], padding: 'valid' }],
    [3, [15, 14, 17], { poolSize: [3, 3], strides: [2, 2], padding: 'same' }],
    [3, [8, 9, 24], { poolSize: [3, 3], strides: [1, 1], padding: 'same' }],
    [2, [11, 10, 5], { poolSize: [2, 3], strides: [3, 4], padding: 'valid' }],
    [2, [5, 6, 9], { poolSize: [5, 6], strides: [1, 1], padding: 'valid' }],
  ])('of %d samples %j, %j equals the reference', async (batch, input, params) => {
    const b = new Builder()
    b.layer('maxPooling2d', params, b.input(input))
    const one = { type: 'maxPooling2d', graph: b.build(), title: '' } as const
    expect(await differenceFromReference(one, tensorflow, batch)).toBeLessThan(1e-6)
  })

  test('goes to the first of equal values', () => {
    const x = tf.tensor4d([1, 3, 3, 1, 3, 2, 0, 0, 2, 3, 0, 0, 1, 1, 0, 0], [1, 4, 4, 1])
    const d = tf.grad((x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'))(x)
    expect([...d.dataSync()]).toEqual([0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0])
  })

  test('is told by the operators that were compiled', ({ skip }) => {
    const installed = installedTensorflow()
    if (installed.kind !== 'whole' || installed.outdated) return skip('no current operators are installed here')
    expect(loadOperators(installed.operators).windows).toBe(true)
  })
})
