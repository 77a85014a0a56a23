import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { installedTensorflow } from '../../../../../electron/engineInstall/engineFolder'
import { nodeBackend } from '../../../../../electron/trainer/engines/tensorflow/compiled/binding'
import { trace } from '../../../../../electron/trainer/engines/tensorflow/compiled/trace'
import { loadOperators } from '../../../../../electron/trainer/engines/tensorflow/load'
import { tensorflow } from '../../../../../electron/trainer/engines/tensorflow/tensorflow'
import type { LayerCase } from '../../../layerCases'
import { hasTensorflow, skipped } from '../../../tensorflow'
import { differenceFromReference } from '../caseGradients'

interface Params {
  readonly filters: number
  readonly kernelSize: [number, number]
  readonly strides?: [number, number]
  readonly padding?: 'same' | 'valid'
  readonly useBias?: boolean
}

function convolution(input: [number, number, number], params: Params): LayerCase {
  const b = new Builder()
  b.layer('conv2d', params, b.input(input))
  return { type: 'conv2d', graph: b.build(), title: '' }
}

describe.skipIf(!hasTensorflow)(`convolutions by our own operators${skipped}`, () => {
  let present = false
  beforeAll(async () => {
    expect(await tensorflow.load()).toMatchObject({ ok: true })
    const installed = installedTensorflow()
    present = installed.kind === 'whole' && loadOperators(installed.operators).windows
  })

  // Rests beside whole registers, whole tiles and whole parts of a batch.
  test.each<[number, [number, number, number], Params]>([
    [2, [9, 9, 3], { filters: 5, kernelSize: [3, 3] }],
    [5, [10, 10, 40], { filters: 61, kernelSize: [3, 3], padding: 'same' }],
    [5, [11, 12, 37], { filters: 64, kernelSize: [3, 3], padding: 'valid' }],
    [3, [14, 14, 6], { filters: 16, kernelSize: [5, 5], padding: 'valid' }],
    [3, [13, 12, 1], { filters: 33, kernelSize: [3, 3], padding: 'valid' }],
    [3, [28, 28, 1], { filters: 6, kernelSize: [5, 5], padding: 'same' }],
    [2, [7, 10, 4], { filters: 9, kernelSize: [4, 2], padding: 'same' }],
    [2, [4, 5, 4], { filters: 9, kernelSize: [7, 7], padding: 'same' }],
    [2, [8, 8, 4], { filters: 8, kernelSize: [1, 3], padding: 'same', useBias: false }],
    [3, [15, 15, 5], { filters: 12, kernelSize: [3, 3], strides: [2, 2], padding: 'same' }],
    [2, [64, 64, 3], { filters: 8, kernelSize: [3, 3], strides: [2, 2], padding: 'same', useBias: false }],
    [3, [16, 12, 5], { filters: 12, kernelSize: [2, 2], strides: [3, 3], padding: 'valid' }],
  ])('of %d samples %j, %j: answers and gradients equal the reference', async (batch, input, params) => {
    expect(await differenceFromReference(convolution(input, params), tensorflow, batch)).toBeLessThan(1e-4)
  })

  test('the gradient of a bias is the sum over all positions, however many there are', () => {
    for (const shape of [
      [1, 1, 1, 3],
      [3, 5, 7, 6],
      [16, 33, 31, 33],
    ] as const) {
      const d = tf.randomNormal<tf.Rank.R4>([...shape], 0, 1, 'float32', 1)
      const sums = new Float64Array(shape[3])
      for (const [i, v] of d.dataSync().entries()) sums[i % shape[3]] = (sums[i % shape[3]] ?? 0) + v
      const got = tf.sum(d, [0, 1, 2]).dataSync()
      expect(got).toHaveLength(shape[3])
      for (const [i, v] of got.entries()) expect(Math.abs(v - (sums[i] ?? Number.NaN))).toBeLessThan(1e-3)
    }
  })

  const used = (channels: number, strides = 1, kernel = 3): string[] => {
    const backend = nodeBackend()
    if (!backend) throw new Error('There is no tfjs-node that can be traced.')
    const x = tf.zeros<tf.Rank.R4>([1, 8, 8, channels])
    const w = tf.zeros<tf.Rank.R4>([kernel, kernel, channels, channels])
    const bias = tf.zeros<tf.Rank.R1>([channels])
    const { graph } = trace(backend, [x, w, bias], () => {
      const [dx, dw] = tf.grads((x: tf.Tensor, filter: tf.Tensor) =>
        tf.fused.conv2d({ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, strides, pad: 'same', bias }),
      )([x, w])
      return new Map([
        ['dx', dx as tf.Tensor],
        ['dw', dw as tf.Tensor],
      ])
    })
    const text = Buffer.from(graph.encode()).toString('latin1')
    return [...new Set(text.match(/NetloomConvolution(InputGrad|KernelGrad)?\b/g))].sort()
  }

  test('are taken where they are faster', ({ skip }) => {
    if (!present) return skip('the engine tensorflow here was installed without its own operators')
    const [forward, input, kernel] = ['', 'InputGrad', 'KernelGrad'].map((name) => `NetloomConvolution${name}`)
    expect(used(8)).toEqual([forward, input, kernel])
    expect(used(128)).toEqual([input, kernel])
    expect(used(8, 2)).toEqual([forward, kernel])
    expect(used(256)).toEqual([])
    expect(used(8, 1, 1)).toEqual([])
  })
})
