import { convBn } from '#shared/blocks/convBn'
import { choice, int, shape } from '#shared/fields'
import { defineTemplate } from './template'

/** Per variant: filters and kernels of the five convolutions; the paper's second, fourth and fifth run on two separate towers. */
const variants = {
  paper: { filters: [96, 256, 384, 384, 256], groups: [1, 2, 1, 2, 2], normalized: true },
  torchvision: { filters: [64, 192, 384, 256, 256], groups: [1, 1, 1, 1, 1], normalized: false },
} as const

export const alexnet = defineTemplate({
  label: 'AlexNet',
  paper: 'Krizhevsky, Sutskever, Hinton: ImageNet classification with deep convolutional neural networks',
  year: 2012,
  doc: 'The network that started deep learning on images: five convolutions, ReLU, dropout, three dense layers.',
  fields: {
    input: shape({ default: [224, 224, 3], help: 'Size of the images.' }),
    classes: int({ default: 1000, help: 'Number of classes.' }),
    variant: choice({
      default: 'paper',
      options: ['paper', 'torchvision'],
      help: 'The two towers of the paper (grouped convolutions), or the single one of torchvision.',
    }),
  },
  draw(b, p) {
    const { filters, groups, normalized } = variants[p.variant]
    let x = b.input(p.input)
    const conv = (i: 0 | 1 | 2 | 3 | 4, kernel: number, padding: number, strides = 1) => {
      const c = { filters: filters[i], groups: groups[i], kernel, padding, strides, batchNorm: false } as const
      x = convBn(b, x, `conv${i + 1}`, { ...c, activation: 'relu' })
    }
    const norm = (n: number) => {
      if (normalized) x = b.layer('lrn', {}, x, { name: `norm${n}` })
    }
    const pool = (n: number) => {
      x = b.layer('maxPooling2d', { poolSize: [3, 3], strides: [2, 2] }, x, { name: `pool${n}` })
    }
    b.group('Features', undefined, () => {
      conv(0, 11, 2, 4)
      norm(1)
      pool(1)
      conv(1, 5, 2)
      norm(2)
      pool(2)
      conv(2, 3, 1)
      conv(3, 3, 1)
      conv(4, 3, 1)
      pool(5)
    })
    b.group('Classifier', undefined, () => {
      x = b.layer('flatten', {}, x)
      for (const name of ['fc6', 'fc7']) {
        x = b.layer('dropout', { rate: 0.5 }, x)
        x = b.layer('dense', { units: 4096, activation: 'relu' }, x, { name })
      }
      x = b.layer('dense', { units: p.classes }, x, { name: 'fc8' })
      b.layer('softmax', {}, x)
    })
  },
})
