import { convBn } from '#shared/blocks/convBn'
import { bool, int, shape } from '#shared/fields'
import { defineTemplate } from './template'

/**
 * The VGG networks: `repeats` convolutions in each of five blocks. The last dense layer carries its softmax, so that the activations are
 * those of the paper's table: convolutions, poolings and dense layers.
 */
const vgg = (depth: number, repeats: readonly number[]) =>
  defineTemplate({
    label: `VGG-${depth}`,
    paper: 'Simonyan, Zisserman: Very deep convolutional networks for large-scale image recognition',
    year: 2014,
    doc: 'Only 3×3 convolutions and 2×2 poolings, in five blocks of growing width; most parameters sit in the first dense layer.',
    fields: {
      input: shape({ default: [224, 224, 3], help: 'Size of the images.' }),
      classes: int({ default: 1000, help: 'Number of classes.' }),
      batchNorm: bool({ default: false, help: 'Batch normalization after each convolution, which keeps its bias.' }),
    },
    draw(b, { input, classes, batchNorm }) {
      const conv = { kernel: 3, padding: 'same', batchNorm, bias: true, activation: 'relu' } as const
      let x = b.input(input)
      repeats.forEach((count, i) => {
        const filters = Math.min(64 * 2 ** i, 512)
        b.group(`Block ${i + 1}`, undefined, () => {
          for (let k = 1; k <= count; k++) x = convBn(b, x, `conv${i + 1}_${k}`, { ...conv, filters })
          x = b.layer('maxPooling2d', {}, x, { name: `pool${i + 1}` })
        })
      })
      b.group('Classifier', undefined, () => {
        x = b.layer('flatten', {}, x)
        for (const name of ['fc6', 'fc7']) {
          x = b.layer('dense', { units: 4096, activation: 'relu' }, x, { name })
          x = b.layer('dropout', { rate: 0.5 }, x)
        }
        b.layer('dense', { units: classes, activation: 'softmax' }, x, { name: 'fc8' })
      })
    },
  })

export const vgg11 = vgg(11, [1, 1, 2, 2, 2])
export const vgg13 = vgg(13, [2, 2, 2, 2, 2])
export const vgg16 = vgg(16, [2, 2, 3, 3, 3])
export const vgg19 = vgg(19, [2, 2, 4, 4, 4])
