import { int } from '../fields'
import { defineBlock } from './block'
import { convBn, normAct } from './convBn'

/**
 * Widens with a 1×1, filters depthwise, narrows with a linear 1×1; the shortcut exists only at stride 1 between equal widths.
 * Sandler et al., MobileNetV2, 2018.
 */
export const invertedResidual = defineBlock({
  label: 'Inverted residual block',
  doc: 'A 1×1 convolution widens, a depthwise 3×3 filters, a linear 1×1 narrows; shortcuts connect the narrow ends.',
  fields: {
    channels: int({ default: 24, max: 65_536, help: 'Channels of the input.' }),
    filters: int({ default: 24, max: 65_536, help: 'Channels of the output.' }),
    strides: int({ default: 1, max: 8, help: 'Step of the depthwise convolution.' }),
    expansion: int({
      default: 6,
      max: 64,
      help: 'How many times wider the block is inside; 1 leaves the widening out.',
    }),
  },
  draw(b, x, { channels, filters, strides, expansion }) {
    const wide =
      expansion === 1 ? x : convBn(b, x, 'expand', { filters: channels * expansion, kernel: 1, activation: 'relu6' })
    const filtered = b.layer(
      'depthwiseConv2d',
      { kernelSize: [3, 3], strides: [strides, strides], padding: [1, 1, 1, 1], useBias: false },
      wide,
      { name: 'depthwise' },
    )
    const active = normAct(b, filtered, 'depthwise', 'relu6')
    const narrow = convBn(b, active, 'project', { filters, kernel: 1 })
    return strides === 1 && channels === filters ? b.layer('add', {}, [x, narrow]) : narrow
  },
})
