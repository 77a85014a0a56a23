import { int, shape } from '#shared/fields'
import { defineTemplate } from './template'

/** LeNet-5 with a dense C3 and average pooling, tanh, as it is usually drawn today. */
export const lenet5 = defineTemplate({
  label: 'LeNet-5',
  paper: 'LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition',
  year: 1998,
  doc: 'The first convolutional network in wide use: it read the digits on cheques.',
  fields: {
    input: shape({ default: [32, 32, 1], help: 'Size of the images.' }),
    classes: int({ default: 10, help: 'Number of classes.' }),
  },
  draw(b, p) {
    const conv = { activation: 'tanh', kernelSize: [5, 5], padding: 'valid' } as const
    let x = b.input(p.input)
    x = b.layer('conv2d', { ...conv, filters: 6 }, x, { id: 'c1', name: 'C1' })
    x = b.layer('averagePooling2d', {}, x, { id: 's2', name: 'S2' })
    x = b.layer('conv2d', { ...conv, filters: 16 }, x, { id: 'c3', name: 'C3' })
    x = b.layer('averagePooling2d', {}, x, { id: 's4', name: 'S4' })
    x = b.layer('flatten', {}, x)
    x = b.layer('dense', { units: 120, activation: 'tanh' }, x, { id: 'c5', name: 'C5' })
    x = b.layer('dense', { units: 84, activation: 'tanh' }, x, { id: 'f6', name: 'F6' })
    x = b.layer('dense', { units: p.classes }, x, { id: 'output', name: 'Output' })
    b.layer('softmax', {}, x)
  },
})
