import { choice, int, shape } from '#shared/fields'
import type { Builder, Wire } from '#shared/graph/builder'
import { defineTemplate } from './template'

/** The paper's S2 and S4: the mean of each window times a learned coefficient, plus a bias. */
function subsample(b: Builder, x: Wire, id: string): Wire {
  const name = id.toUpperCase()
  const mean = b.layer('averagePooling2d', {}, x, { id: `${id}_mean`, name: `${name} mean` })
  return b.layer('depthwiseConv2d', { kernelSize: [1, 1], activation: 'tanh' }, mean, { id, name })
}

export const lenet5 = defineTemplate({
  label: 'LeNet-5',
  paper: 'LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition',
  year: 1998,
  doc: 'The first convolutional network in wide use: it read the digits on cheques.',
  fields: {
    input: shape({ default: [32, 32, 1], help: 'Size of the images.' }),
    classes: int({ default: 10, help: 'Number of classes.' }),
    variant: choice({
      default: 'modern',
      options: ['modern', 'paper'],
      help: "As drawn today, or with the paper's sparse third layer and trainable sub-sampling.",
    }),
  },
  draw(b, p) {
    const paper = p.variant === 'paper'
    const conv = { activation: 'tanh', kernelSize: [5, 5], padding: 'valid' } as const
    const pool = (from: Wire, id: string) =>
      paper ? subsample(b, from, id) : b.layer('averagePooling2d', {}, from, { id, name: id.toUpperCase() })
    let x = b.input(p.input)
    x = b.layer('conv2d', { ...conv, filters: 6 }, x, { id: 'c1', name: 'C1' })
    x = pool(x, 's2')
    x = paper
      ? b.layer('tableConv2d', conv, x, { id: 'c3', name: 'C3' })
      : b.layer('conv2d', { ...conv, filters: 16 }, x, { id: 'c3', name: 'C3' })
    x = pool(x, 's4')
    x = b.layer('flatten', {}, x)
    x = b.layer('dense', { units: 120, activation: 'tanh' }, x, { id: 'c5', name: 'C5' })
    x = b.layer('dense', { units: 84, activation: 'tanh' }, x, { id: 'f6', name: 'F6' })
    x = b.layer('dense', { units: p.classes }, x, { id: 'output', name: 'Output' })
    b.layer('softmax', {}, x)
  },
})
