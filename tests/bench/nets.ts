import { Builder, type Wire } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'

/** The networks whose training speed is compared. The Python side in torch_speed.py draws the same. */
export const nets = { LeNet: leNet, 'small VGG': () => smallVgg(false), 'small VGG + batch norm': () => smallVgg(true) }
export type NetName = keyof typeof nets

function leNet(): Graph {
  const b = new Builder()
  let x = b.input([28, 28, 1])
  for (const filters of [6, 16]) {
    x = b.layer(
      'conv2d',
      { filters, kernelSize: [5, 5], padding: filters === 6 ? 'same' : 'valid', activation: 'relu' },
      x,
    )
    x = b.layer('maxPooling2d', {}, x)
  }
  x = b.layer('flatten', {}, x)
  for (const units of [120, 84]) x = b.layer('dense', { units, activation: 'relu' }, x)
  b.layer('dense', { units: 10, activation: 'softmax' }, x)
  return b.build()
}

function smallVgg(batchNorm: boolean): Graph {
  const b = new Builder()
  const conv = (x: Wire, filters: number): Wire => {
    if (!batchNorm) return b.layer('conv2d', { filters, activation: 'relu' }, x)
    return b.layer('activation', {}, b.layer('batchNorm', {}, b.layer('conv2d', { filters, useBias: false }, x)))
  }
  let x = b.input([32, 32, 3])
  for (const filters of [32, 64]) x = b.layer('maxPooling2d', {}, conv(conv(x, filters), filters))
  x = b.layer('dense', { units: 128, activation: 'relu' }, b.layer('flatten', {}, x))
  b.layer('dense', { units: 10, activation: 'softmax' }, x)
  return b.build()
}
