import { bool, choice, int } from '../fields'
import type { Wire } from '../graph/builder'
import { defineBlock } from './block'

/** Two 3×3 convolutions and a shortcut; a 1×1 projection where size or channels change. He et al., 2016, figure 2. */
export const residual = defineBlock({
  label: 'Residual block',
  doc: 'Two 3×3 convolutions whose result is added to the input; the shortcut keeps gradients alive in deep networks.',
  fields: {
    filters: int({ default: 64, max: 65_536, help: 'Channels of both convolutions.' }),
    strides: int({ default: 1, max: 8, help: 'Step of the first convolution and of the projection.' }),
    shortcut: choice({
      default: 'identity',
      options: ['identity', 'projection'],
      help: 'A projection (1×1 convolution) is needed where the size or the number of channels changes.',
    }),
    batchNorm: bool({ default: true, help: 'Batch normalization after each convolution.' }),
  },
  draw(b, x, p) {
    const s = [p.strides, p.strides]
    const convBn = (from: Wire, filters: number, k: number, strides: readonly number[]): Wire => {
      const pad = (k - 1) / 2
      const c = b.layer(
        'conv2d',
        { filters, kernelSize: [k, k], strides, padding: [pad, pad, pad, pad], useBias: !p.batchNorm },
        from,
      )
      return p.batchNorm ? b.layer('batchNorm', {}, c) : c
    }
    const first = b.layer('activation', { function: 'relu' }, convBn(x, p.filters, 3, s))
    const second = convBn(first, p.filters, 3, [1, 1])
    const shortcut = p.shortcut === 'projection' ? convBn(x, p.filters, 1, s) : x
    return b.layer('activation', { function: 'relu' }, b.layer('add', {}, [second, shortcut]))
  },
})
