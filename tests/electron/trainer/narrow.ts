import { convBn } from '#shared/blocks/convBn'
import { addBlock } from '#shared/blocks/index'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'

/** ResNet-18 for images of 32×32 (a 3×3 stem that keeps the size, as is usual for CIFAR-10), with `width` in place of 64 filters. */
export function resnet18(width: number, classes: number): Graph {
  const b = new Builder()
  let x = convBn(b, b.input([32, 32, 3]), 'conv1', { filters: width, kernel: 3, activation: 'relu' })
  for (const [i, stage] of [1, 2, 4, 8].entries())
    for (const block of [1, 2]) {
      const first = i > 0 && block === 1
      const shortcut = first ? 'projection' : 'identity'
      const shape = { filters: width * stage, strides: first ? 2 : 1, shortcut } as const
      x = addBlock(b, 'residual', shape, x, `conv${i + 2}_${block}`)
    }
  x = b.layer('dense', { units: classes }, b.layer('globalAveragePooling2d', {}, x))
  b.layer('softmax', {}, x)
  return b.build()
}

/** Module 3a, 4a and 5b of GoogLeNet: 1×1, 3×3 reduce, 3×3, 5×5 reduce, 5×5, pool projection. */
const modules = [
  [64, 96, 128, 16, 32, 32],
  [192, 96, 208, 16, 48, 64],
  [384, 192, 384, 48, 128, 128],
] as const

/** In the style of GoogLeNet, for images of 32×32: a module of each stage with an eighth of their filters, and batch normalization. */
export function googlenet(classes: number): Graph {
  const b = new Builder()
  const pool = (x: ReturnType<typeof b.input>) =>
    b.layer('maxPooling2d', { poolSize: [3, 3], strides: [2, 2], ceilMode: true }, x)
  let x = pool(convBn(b, b.input([32, 32, 3]), 'conv1', { filters: 8, kernel: 3, activation: 'relu' }))
  for (const [i, filters] of modules.entries()) {
    const [conv1 = 0, reduce3 = 0, conv3 = 0, reduce5 = 0, conv5 = 0, projected = 0] = filters.map((n) => n / 8)
    x = addBlock(b, 'inceptionV1', { conv1, reduce3, conv3, reduce5, conv5, pool: projected, batchNorm: true }, x)
    if (i < 2) x = pool(x)
  }
  x = b.layer('globalAveragePooling2d', {}, x)
  x = b.layer('dense', { units: classes }, x)
  b.layer('softmax', {}, x)
  return b.build()
}
