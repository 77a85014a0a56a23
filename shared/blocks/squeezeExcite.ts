import { int } from '../fields'
import { defineBlock } from './block'

/** One weight per channel, computed from the whole map. Hu et al., Squeeze-and-excitation networks, 2018. */
export const squeezeExcite = defineBlock({
  label: 'Squeeze-and-excite block',
  doc: 'Looks at the mean of every channel, decides how much each is worth, and scales the channels with it.',
  fields: {
    channels: int({ default: 256, max: 65_536, help: 'Channels of the input.' }),
    ratio: int({ default: 16, max: 1024, help: 'How many times narrower the layer between is.' }),
  },
  draw(b, x, { channels, ratio }) {
    const units = Math.max(Math.floor(channels / ratio), 1)
    const squeezed = b.layer('globalAveragePooling2d', {}, x, { name: 'squeeze' })
    const reduced = b.layer('dense', { units, activation: 'relu' }, squeezed, { name: 'reduce' })
    const excited = b.layer('dense', { units: channels, activation: 'sigmoid' }, reduced, { name: 'excite' })
    const weights = b.layer('reshape', { target: [1, 1, channels] }, excited)
    return b.layer('multiply', {}, [x, weights], { name: 'scale' })
  },
})
