import { convBn } from '#shared/blocks/convBn'
import { addBlock } from '#shared/blocks/index'
import { choice, int, shape } from '#shared/fields'
import type { Builder, Wire } from '#shared/graph/builder'
import { defineTemplate } from './template'

const about = {
  paper: 'He, Zhang, Ren, Sun: Deep residual learning for image recognition',
  year: 2016,
  doc: 'Blocks add what they learn to their input, which lets gradients through networks of hundreds of layers.',
}
const fields = {
  input: shape({ default: [224, 224, 3], help: 'Size of the images.' }),
  classes: int({ default: 1000, help: 'Number of classes.' }),
} as const

type Draw = (x: Wire, filters: number, strides: number, shortcut: 'identity' | 'projection', name: string) => Wire

/** The stem, four stages of blocks at half the size and twice the width each, and the classifier; names as in table 1 of the paper. */
function drawResnet(
  b: Builder,
  p: { readonly input: readonly number[]; readonly classes: number; readonly bias: boolean },
  repeats: readonly number[],
  expansion: number,
  block: Draw,
): void {
  let x = b.input(p.input)
  let channels = 64
  b.group('Stem', undefined, () => {
    x = convBn(b, x, 'conv1', { filters: 64, kernel: 7, strides: 2, bias: p.bias, activation: 'relu' })
    x = b.layer('maxPooling2d', { poolSize: [3, 3], strides: [2, 2], padding: [1, 1, 1, 1] }, x, { name: 'pool1' })
  })
  repeats.forEach((count, i) => {
    const filters = 64 * 2 ** i
    b.group(`conv${i + 2}_x`, undefined, () => {
      for (let k = 1; k <= count; k++) {
        const strides = k === 1 && i > 0 ? 2 : 1
        const same = strides === 1 && channels === filters * expansion
        x = block(x, filters, strides, same ? 'identity' : 'projection', `conv${i + 2}_${k}`)
        channels = filters * expansion
      }
    })
  })
  x = b.layer('globalAveragePooling2d', {}, x, { name: 'Average pooling' })
  x = b.layer('dense', { units: p.classes }, x, { name: 'Output' })
  b.layer('softmax', {}, x)
}

const basic = (depth: number, repeats: readonly number[]) =>
  defineTemplate({
    ...about,
    label: `ResNet-${depth}`,
    fields,
    draw: (b, p) =>
      drawResnet(b, { ...p, bias: false }, repeats, 1, (x, filters, strides, shortcut, name) =>
        addBlock(b, 'residual', { filters, strides, shortcut }, x, name),
      ),
  })

const deep = (depth: number, repeats: readonly number[]) =>
  defineTemplate({
    ...about,
    label: `ResNet-${depth}`,
    fields: {
      ...fields,
      strideOn: choice({
        default: '3x3',
        options: ['3x3', '1x1'],
        help: 'Which convolution of a block takes the step: the 3×3 (torchvision) or the first 1×1 (the paper).',
      }),
      variant: choice({
        default: 'torchvision',
        options: ['torchvision', 'keras'],
        help: "Keras's convolutions keep their biases, and the step is always on the first 1×1.",
      }),
    },
    draw(b, p) {
      const bias = p.variant === 'keras'
      const strideOn = bias ? '1x1' : p.strideOn
      drawResnet(b, { ...p, bias }, repeats, 4, (x, filters, strides, shortcut, name) =>
        addBlock(b, 'bottleneck', { filters, strides, shortcut, strideOn, bias }, x, name),
      )
    },
  })

export const resnet18 = basic(18, [2, 2, 2, 2])
export const resnet34 = basic(34, [3, 4, 6, 3])
export const resnet50 = deep(50, [3, 4, 6, 3])
export const resnet101 = deep(101, [3, 4, 23, 3])
export const resnet152 = deep(152, [3, 8, 36, 3])
