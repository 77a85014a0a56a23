import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { addBlock, type BlockParams, type BlockType } from '#shared/blocks/index'
import { defaultsOf, type FieldValue } from '#shared/fields'
import { Builder } from '#shared/graph/builder'
import { infer } from '#shared/graph/infer'
import { type LayerType, layers } from '#shared/layers/index'
import { compileLayer } from '../../electron/trainer/compile'
import { draw } from './drawing'

/** The small sums of the textbooks, with their published results. */
type Params = Readonly<Record<string, FieldValue>>

function layer(type: LayerType, params: Params, shape: readonly number[]) {
  const result = infer(
    draw(
      [
        ['in', 'input', { shape }],
        ['x', type, params],
      ],
      'in > x',
    ),
  ).node('x')
  return { output: result?.outputs[0], params: result?.totals.params.total, macs: result?.totals.macs }
}

function block<T extends BlockType>(type: T, params: Partial<BlockParams<T>>, shape: readonly number[]) {
  const b = new Builder()
  const { id } = addBlock(b, type, params, b.input(shape))
  const graph = b.build()
  const inference = infer(graph)
  expect(inference.problems()).toEqual([])
  const of = (...types: string[]) =>
    graph.nodes
      .filter((n) => types.includes(n.type))
      .reduce((sum, n) => sum + (inference.node(n.id)?.totals.params.trainable ?? 0), 0)
  return { output: inference.node(id)?.outputs[0], trainable: inference.totals.params.trainable, of }
}

describe('sizes and parameters', () => {
  const k3 = { filters: 1, kernelSize: [3, 3], padding: 'valid' }
  test('a 3×3 kernel on 5×5', () => {
    expect(layer('conv2d', k3, [5, 5, 1]).output).toEqual([3, 3, 1])
    expect(layer('conv2d', { ...k3, strides: [2, 2] }, [5, 5, 1]).output).toEqual([2, 2, 1])
  })
  test('two 3×3×3 filters, padding 1, stride 2', () => {
    const made = layer('conv2d', { filters: 2, padding: [1, 1, 1, 1], strides: [2, 2] }, [5, 5, 3])
    expect(made).toMatchObject({ output: [3, 3, 2], params: 56 })
  })
  test('transposed: 2×2, kernel 4, stride 3', () => {
    const p = { filters: 1, kernelSize: [4, 4], strides: [3, 3], padding: 'valid' }
    expect(layer('conv2dTranspose', p, [2, 2, 1]).output).toEqual([7, 7, 1])
  })
  test('full convolution of one pixel with a 4×4 kernel', () => {
    const p = { filters: 1, kernelSize: [4, 4], padding: [3, 3, 3, 3] }
    expect(layer('conv2d', p, [1, 1, 1]).output).toEqual([4, 4, 1])
  })
  test('a 7×7 convolution that is a dense layer', () => {
    const conv = layer('conv2d', { filters: 4096, kernelSize: [7, 7], padding: 'valid' }, [7, 7, 512])
    expect(conv).toMatchObject({ output: [1, 1, 4096], params: 102_764_544 })
    expect(layer('dense', { units: 4096 }, [7 * 7 * 512]).params).toBe(102_764_544)
  })
  test('separable against standard, 16 → 32', () => {
    const p = { filters: 32, useBias: false }
    expect(layer('separableConv2d', p, [8, 8, 16]).params).toBe(656)
    expect(layer('conv2d', p, [8, 8, 16]).params).toBe(4608)
  })
  test('grouped against ungrouped, 256 → 256', () => {
    const p = { filters: 256, useBias: false }
    expect(layer('conv2d', { ...p, groups: 8 }, [14, 14, 256]).params).toBe(73_728)
    expect(layer('conv2d', p, [14, 14, 256]).params).toBe(589_824)
  })
  test('bottleneck 256-64-64-256', () => {
    const made = block('bottleneck', { filters: 64 }, [56, 56, 256])
    expect(made.of('conv2d')).toBe(69_632)
    expect(made.output).toEqual([56, 56, 256])
  })
  test('Inception 3a', () => {
    expect(block('inceptionV1', {}, [28, 28, 192])).toMatchObject({ output: [28, 28, 256], trainable: 163_696 })
  })
  test('Fire module (96; 16, 64 + 64)', () => {
    const b = new Builder()
    const conv = (filters: number, kernel: number, from: ReturnType<Builder['input']>) =>
      b.layer('conv2d', { filters, kernelSize: [kernel, kernel] }, from)
    const squeezed = conv(16, 1, b.input([55, 55, 96]))
    b.layer('concat', {}, [conv(64, 1, squeezed), conv(64, 3, squeezed)])
    expect(infer(b.build()).totals.params.total).toBe(11_920)
  })
  test('squeeze and excite, 256 channels, ratio 16', () => {
    expect(block('squeezeExcite', {}, [14, 14, 256])).toMatchObject({ output: [14, 14, 256], trainable: 8464 })
  })
  test('inverted residual 24 → 24, expansion 6', () => {
    expect(block('invertedResidual', {}, [56, 56, 24])).toMatchObject({ output: [56, 56, 24], trainable: 8832 })
    // The shortcut exists only at stride 1 between equal widths.
    const b = new Builder()
    addBlock(b, 'invertedResidual', { strides: 2 }, b.input([56, 56, 24]))
    expect(b.build().nodes.map((n) => n.type)).not.toContain('add')
  })
  test('MLPConv', () => {
    const { output, trainable } = block('mlpConv', {}, [32, 32, 3])
    expect(output).toEqual([32, 32, 96])
    expect(trainable).toBe(75 * 192 + 192 + 192 * 160 + 160 + 160 * 96 + 96)
  })
})

test.each([
  ['two 3×3', [1, 1], [3, 5]],
  ['three 3×3', [1, 1, 1], [3, 5, 7]],
  ['3×3 dilated by 2', [2], [5]],
  ['3×3 dilated by 1, 2, 4', [1, 2, 4], [3, 7, 15]],
])('receptive field of %s', (_, dilations, sizes) => {
  const b = new Builder()
  let x = b.input([32, 32, 1])
  const ids = dilations.map((d) => {
    x = b.layer('conv2d', { filters: 1, dilationRate: [d, d] }, x)
    return x.id
  })
  const inference = infer(b.build())
  expect(ids.map((id) => inference.node(id)?.receptiveField?.size)).toEqual(sizes.map((n) => [n, n]))
})

describe('what the layers compute', () => {
  beforeAll(() => tf.setBackend('cpu'))
  function run(
    type: LayerType,
    params: Params,
    shape: readonly number[],
    values: readonly number[],
    training = false,
  ): number[] {
    return tf.tidy(() => {
      const made = compileLayer(layers[type].tfjs({ ...defaultsOf(layers[type].fields), ...params }, [shape]), 'x')
      const x: tf.Tensor = tf.tensor([...values], [values.length / shape.reduce((a, b) => a * b, 1), ...shape])
      return Array.from(made.reduce((y, l) => l.apply(y, { training }) as tf.Tensor, x).dataSync())
    })
  }
  const close = (got: readonly number[], wanted: readonly number[]) => {
    expect(got.length).toBe(wanted.length)
    got.forEach((v, i) => {
      expect(v).toBeCloseTo(wanted[i] ?? Number.NaN, 5)
    })
  }

  test('local response normalization of ones, 5 channels wide: inner and edge', () => {
    const y = run('lrn', {}, [1, 1, 7], [1, 1, 1, 1, 1, 1, 1])
    close([y[3] ?? 0, y[0] ?? 0], [0.5944921, 0.5945367])
  })
  test('batch normalization of 1, 2, 3, 4 while training', () => {
    const y = run('batchNorm', { epsilon: 1e-5 }, [1], [1, 2, 3, 4], true)
    close(y, [-1.3416354, -0.4472118, 0.4472118, 1.3416354])
  })
  test('pooling of 1, 2, 3, 4', () => {
    close(run('maxPooling2d', {}, [2, 2, 1], [1, 2, 3, 4]), [4])
    close(run('averagePooling2d', {}, [2, 2, 1], [1, 2, 3, 4]), [2.5])
  })
})
