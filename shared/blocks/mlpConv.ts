import { int } from '../fields'
import { defineBlock } from './block'
import { convBn } from './convBn'

/** A convolution followed by two 1×1: a small MLP at every position. Lin et al., Network in network, 2014. */
export const mlpConv = defineBlock({
  label: 'MLPConv block',
  doc: 'A convolution and two 1×1 convolutions: a small multi-layer perceptron that slides over the map.',
  fields: {
    filters: int({ default: 192, max: 65_536, help: 'Filters of the convolution.' }),
    kernel: int({ default: 5, max: 100, help: 'Kernel of the convolution; odd numbers keep the size.' }),
    hidden: int({ default: 160, max: 65_536, help: 'Filters of the first 1×1 convolution.' }),
    output: int({ default: 96, max: 65_536, help: 'Filters of the second 1×1 convolution.' }),
  },
  draw(b, x, p) {
    const conv = (from: typeof x, name: string, filters: number, kernel: number) =>
      convBn(b, from, name, { filters, kernel, padding: 'same', batchNorm: false, activation: 'relu' })
    return conv(conv(conv(x, 'conv', p.filters, p.kernel), 'cccp1', p.hidden, 1), 'cccp2', p.output, 1)
  },
})
