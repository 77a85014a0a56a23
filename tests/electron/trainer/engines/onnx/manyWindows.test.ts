import { expect, test } from 'vitest'
import { OnnxGraph } from '#shared/export/onnx/graph'
import { Builder } from '#shared/graph/builder'
import { weightGradient } from '../../../../../electron/trainer/engines/onnx/rules/weightGradient'
import { compareTraining } from './sameTraining'

/** A convolution of 32 channels: its windows take 1.2 MB per image of 32×32. */
function products(batch: number): number {
  const g = new OnnxGraph({ batch })
  g.feed('x', [32, 32, 32])
  g.feed('y', [8, 32, 32])
  g.declare('weight', [8, 32, 3, 3])
  const ones = [1, 1]
  const conv = { kernel: [3, 3], strides: ones, dilations: ones, pads: [1, 1, 1, 1], group: 1 }
  weightGradient({ g, x: 'x', y: 'y', weight: 'weight', ...conv }, 'y')
  return g.nodes.filter((n) => n.op === 'MatMul').length
}

test('windows of many images are gathered in parts', () => {
  expect([2, 4, 6, 7, 64].map(products)).toEqual([1, 1, 2, 1, 16])
})

test('the gradient of a kernel in parts is that of the built-in engine', () => {
  const b = new Builder()
  const x = b.layer('conv2d', { filters: 4, strides: [1, 1], activation: 'tanh' }, b.input([32, 32, 32]))
  b.layer('dense', { units: 3, activation: 'softmax' }, b.layer('globalAveragePooling2d', {}, x))
  return compareTraining('onnx', b.build())
})
