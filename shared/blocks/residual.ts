import { bool, choice, int } from '../fields'
import { defineBlock } from './block'
import { convBn } from './convBn'

export const shortcutField = choice({
  default: 'identity',
  options: ['identity', 'projection'],
  help: 'A projection (1×1 convolution) is needed where the size or the number of channels changes.',
})

/** Two 3×3 convolutions and a shortcut; a 1×1 projection where size or channels change. He et al., 2016, figure 2. */
export const residual = defineBlock({
  label: 'Residual block',
  doc: 'Two 3×3 convolutions whose result is added to the input; the shortcut keeps gradients alive in deep networks.',
  fields: {
    filters: int({ default: 64, max: 65_536, help: 'Channels of both convolutions.' }),
    strides: int({ default: 1, max: 8, help: 'Step of the first convolution and of the projection.' }),
    shortcut: shortcutField,
    batchNorm: bool({ default: true, help: 'Batch normalization after each convolution.' }),
  },
  draw(b, x, { filters, strides, shortcut, batchNorm }) {
    const first = convBn(b, x, 'conv1', { filters, kernel: 3, strides, batchNorm, activation: 'relu' })
    const second = convBn(b, first, 'conv2', { filters, kernel: 3, batchNorm })
    const way = shortcut === 'projection' ? convBn(b, x, 'shortcut', { filters, kernel: 1, strides, batchNorm }) : x
    return b.layer('activation', { function: 'relu' }, b.layer('add', {}, [second, way]), { name: 'relu' })
  },
})
