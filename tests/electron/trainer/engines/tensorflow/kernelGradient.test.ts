import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { geometryOf } from '../../../../../electron/trainer/engines/convGradients'
import { productKernelGradient, productPays } from '../../../../../electron/trainer/engines/tensorflow/kernelGradient'

const input = [2, 6, 7, 3] as [number, number, number, number]
const geometry = (kernel: [number, number], pad: 'same' | 'valid', strides = 1, dilations = 1) =>
  geometryOf(tf.backend_util.computeConv2DInfo(input, [...kernel, 3, 4], strides, dilations, pad))

beforeAll(async () => {
  await tf.setBackend('cpu')
})

describe('the gradient of a convolution in its kernel as one product', () => {
  const kernels: [number, number][] = [
    [3, 3],
    [1, 3],
    [5, 2],
    [4, 4],
    [6, 7],
  ]
  test.each(kernels.flatMap((k) => [[k, 'same'] as const, [k, 'valid'] as const]))('%j, %s', (kernel, pad) => {
    const g = geometry(kernel, pad)
    const x = tf.randomNormal<tf.Rank.R4>(input, 0, 1, 'float32', 1)
    const w = tf.zeros<tf.Rank.R4>([...kernel, 3, 4])
    const dy = tf.randomNormal<tf.Rank.R4>([2, ...g.output, 4], 0, 1, 'float32', 2)
    const expected = tf.grad((kernel) => tf.conv2d(x, kernel as tf.Tensor4D, 1, pad))(w, dy)
    const got = productKernelGradient(x, dy, g)
    expect(got.shape).toEqual(expected.shape)
    expect(tf.max(tf.abs(tf.sub(got, expected))).dataSync()[0]).toBeLessThan(1e-4)
  })

  test('is taken for many channels, without strides, dilation and kernels beyond the map', () => {
    expect(productPays(geometry([3, 3], 'same'), 64, 64)).toBe(true)
    expect(productPays(geometry([3, 3], 'same'), 3, 64)).toBe(false)
    expect(productPays(geometry([1, 1], 'same'), 64, 64)).toBe(false)
    expect(productPays(geometry([3, 3], 'same', 2), 64, 64)).toBe(false)
    expect(productPays(geometry([3, 3], 'same', 1, 2), 64, 64)).toBe(false)
    expect(productPays(geometry([7, 7], 'same'), 64, 64)).toBe(false)
  })
})
