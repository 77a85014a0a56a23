import { bool, choice, int } from '../fields'
import { defineBlock } from './block'
import { convBn } from './convBn'

const channels = (n: number, help: string) => int({ default: n, max: 65_536, help })

/** Four branches side by side, concatenated; the defaults are module 3a. Szegedy et al., 2015, figure 2b. */
export const inceptionV1 = defineBlock({
  label: 'Inception module v1',
  doc: '1×1, 3×3 and 5×5 convolutions and a max pooling look at the same input; 1×1 convolutions keep the cost down.',
  fields: {
    conv1: channels(64, 'Filters of the 1×1 branch.'),
    reduce3: channels(96, 'Filters of the 1×1 before the 3×3.'),
    conv3: channels(128, 'Filters of the 3×3.'),
    reduce5: channels(16, 'Filters of the 1×1 before the 5×5.'),
    conv5: channels(32, 'Filters of the 5×5.'),
    pool: channels(32, 'Filters of the 1×1 after the pooling.'),
    batchNorm: bool({ default: false, help: 'Batch normalization after each convolution.' }),
    largeKernel: choice({
      default: '5x5',
      options: ['5x5', '3x3'],
      help: "Kernel of the 5×5 branch; torchvision's is 3×3.",
    }),
  },
  draw(b, x, p) {
    const conv = (from: typeof x, name: string, filters: number, kernel: number) =>
      convBn(b, from, name, { filters, kernel, batchNorm: p.batchNorm, activation: 'relu' })
    const one = conv(x, '1×1', p.conv1, 1)
    const three = conv(conv(x, '3×3 reduce', p.reduce3, 1), '3×3', p.conv3, 3)
    const large = p.largeKernel === '5x5' ? 5 : 3
    const five = conv(conv(x, '5×5 reduce', p.reduce5, 1), `${large}×${large}`, p.conv5, large)
    const pooled = b.layer('maxPooling2d', { poolSize: [3, 3], strides: [1, 1], padding: 'same' }, x, { name: 'pool' })
    return b.layer('concat', {}, [one, three, five, conv(pooled, 'pool projection', p.pool, 1)], { name: 'concat' })
  },
})
