import { convBn } from '#shared/blocks/convBn'
import { addBlock } from '#shared/blocks/index'
import { int, shape } from '#shared/fields'
import { defineTemplate } from './template'

/** Table 1 of the paper: 1×1, 3×3 reduce, 3×3, 5×5 reduce, 5×5, pool projection. A max pooling follows where the number changes. */
const modules = {
  '3a': [64, 96, 128, 16, 32, 32],
  '3b': [128, 128, 192, 32, 96, 64],
  '4a': [192, 96, 208, 16, 48, 64],
  '4b': [160, 112, 224, 24, 64, 64],
  '4c': [128, 128, 256, 24, 64, 64],
  '4d': [112, 144, 288, 32, 64, 64],
  '4e': [256, 160, 320, 32, 128, 128],
  '5a': [256, 160, 320, 32, 128, 128],
  '5b': [384, 192, 384, 48, 128, 128],
} as const
const pool3 = { poolSize: [3, 3], strides: [2, 2], ceilMode: true } as const

export const googlenet = defineTemplate({
  label: 'GoogLeNet (Inception v1)',
  paper: 'Szegedy et al.: Going deeper with convolutions',
  year: 2015,
  doc: 'Nine Inception modules: convolutions of several sizes side by side, with 1×1 convolutions that keep the cost down.',
  fields: {
    input: shape({ default: [224, 224, 3], help: 'Size of the images.' }),
    classes: int({ default: 1000, help: 'Number of classes.' }),
  },
  draw(b, p) {
    let x = b.input(p.input)
    const conv = (name: string, filters: number, kernel: number, strides = 1) =>
      convBn(b, x, name, { filters, kernel, strides, batchNorm: false, activation: 'relu' })
    b.group('Stem', undefined, () => {
      x = conv('conv1', 64, 7, 2)
      x = b.layer('maxPooling2d', pool3, x, { name: 'pool1' })
      x = conv('conv2 reduce', 64, 1)
      x = conv('conv2', 192, 3)
      x = b.layer('maxPooling2d', pool3, x, { name: 'pool2' })
    })
    for (const [name, [conv1, reduce3, conv3, reduce5, conv5, pool]] of Object.entries(modules)) {
      x = addBlock(b, 'inceptionV1', { conv1, reduce3, conv3, reduce5, conv5, pool }, x, `Inception ${name}`)
      if (name === '3b' || name === '4e') x = b.layer('maxPooling2d', pool3, x, { name: `pool${name.charAt(0)}` })
    }
    x = b.layer('globalAveragePooling2d', {}, x, { name: 'Average pooling' })
    x = b.layer('dropout', { rate: 0.4 }, x)
    x = b.layer('dense', { units: p.classes }, x, { name: 'Output' })
    b.layer('softmax', {}, x)
  },
})
