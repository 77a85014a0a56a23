import { bool, choice, int } from '../fields'
import { defineBlock } from './block'
import { convBn } from './convBn'
import { shortcutField } from './residual'

/** 1×1, 3×3, 1×1 with four times the channels at the end, and a shortcut. He et al., 2016, figure 5. */
export const bottleneck = defineBlock({
  label: 'Bottleneck block',
  doc: 'A 1×1 convolution narrows, a 3×3 works on few channels, a 1×1 widens again; the result is added to the input.',
  fields: {
    filters: int({
      default: 64,
      max: 16_384,
      help: 'Channels of the 3×3 convolution; the block puts out four times as many.',
    }),
    strides: int({ default: 1, max: 8, help: 'Step of the block.' }),
    shortcut: shortcutField,
    strideOn: choice({
      default: '3x3',
      options: ['3x3', '1x1'],
      help: 'Which convolution takes the step: the 3×3 (torchvision) or the first 1×1 (the paper and Keras).',
    }),
    bias: bool({ default: false, help: 'Convolutions keep a bias before their batch normalization, as in Keras.' }),
  },
  draw(b, x, { filters, strides, shortcut, strideOn, bias }) {
    const [outer, inner] = strideOn === '1x1' ? [strides, 1] : [1, strides]
    const narrow = convBn(b, x, 'conv1', { filters, kernel: 1, strides: outer, bias, activation: 'relu' })
    const work = convBn(b, narrow, 'conv2', { filters, kernel: 3, strides: inner, bias, activation: 'relu' })
    const wide = convBn(b, work, 'conv3', { filters: filters * 4, kernel: 1, bias })
    const way =
      shortcut === 'projection' ? convBn(b, x, 'shortcut', { filters: filters * 4, kernel: 1, strides, bias }) : x
    return b.layer('activation', { function: 'relu' }, b.layer('add', {}, [wide, way]), { name: 'relu' })
  },
})
