import { convBn } from '#shared/blocks/convBn'
import { addBlock } from '#shared/blocks/index'
import { Builder, type Wire } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import type { Cell } from '#shared/recurrent'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'

/** The networks whose training speed is compared, each with ten classes. The Python side in torch_speed.py draws the same. */
export const nets = {
  LeNet: leNet,
  VGG: () => smallVgg(false),
  'VGG-BN': () => smallVgg(true),
  'ResNet-18': resnet18,
  MobileNetV2: () => drawTemplate(templates.mobilenetV2, { input: [96, 96, 3], classes: 10, alpha: 1 }),
  LSTM: () => twoRecurrent('lstm'),
  GRU: () => twoRecurrent('gru'),
  RNN: () => twoRecurrent('simpleRNN'),
} satisfies Record<string, () => Graph>
export type NetName = keyof typeof nets
export const isNetName = (name: string): name is NetName => Object.hasOwn(nets, name)

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

/** For 32×32 images: a 3×3 stem at full size in place of the 7×7 and its pooling. */
function resnet18(): Graph {
  const b = new Builder()
  let x = convBn(b, b.input([32, 32, 3]), 'conv1', { filters: 64, kernel: 3, activation: 'relu' })
  for (const [filters, first] of [
    [64, 1],
    [128, 2],
    [256, 2],
    [512, 2],
  ] as const) {
    const shortcut = first === 1 ? 'identity' : 'projection'
    x = addBlock(b, 'residual', { filters, strides: first, shortcut }, x, `conv${filters}_1`)
    x = addBlock(b, 'residual', { filters, strides: 1, shortcut: 'identity' }, x, `conv${filters}_2`)
  }
  b.layer('dense', { units: 10, activation: 'softmax' }, b.layer('globalAveragePooling2d', {}, x))
  return b.build()
}

/** Images of 28×28, read row by row. */
function twoRecurrent(type: Cell): Graph {
  const b = new Builder()
  const states = b.layer(type, { units: 128, returnSequences: true }, b.input([28, 28]))
  b.layer('dense', { units: 10, activation: 'softmax' }, b.layer(type, { units: 128 }, states))
  return b.build()
}
