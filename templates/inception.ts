import { convBn } from '#shared/blocks/convBn'
import { addBlock } from '#shared/blocks/index'
import { bool, choice, int, shape } from '#shared/fields'
import { defineTemplate } from './template'

export const inceptionV3 = defineTemplate({
  label: 'Inception-v3',
  paper: 'Szegedy et al.: Rethinking the Inception architecture for computer vision',
  year: 2016,
  doc: 'Inception modules with large kernels taken apart into small and asymmetric ones, and batch normalization everywhere.',
  fields: {
    input: shape({ default: [299, 299, 3], help: 'Size of the images.' }),
    classes: int({ default: 1000, help: 'Number of classes.' }),
    variant: choice({
      default: 'keras',
      options: ['keras', 'torchvision'],
      help: "Keras's batch normalization does not learn the scale γ; torchvision's does.",
    }),
    aux: bool({ default: false, help: 'One more classifier behind the 17×17 modules, used while training.' }),
  },
  draw(b, p) {
    const scale = p.variant === 'torchvision'
    let x = b.input(p.input)
    const conv = (name: string, filters: number, kernel: number, padding: 'same' | 'valid', strides = 1) => {
      x = convBn(b, x, name, { filters, kernel, padding, strides, scale, activation: 'relu' })
    }
    const pool = (name: string) => {
      x = b.layer('maxPooling2d', { poolSize: [3, 3], strides: [2, 2] }, x, { name })
    }
    b.group('Stem', undefined, () => {
      conv('conv1', 32, 3, 'valid', 2)
      conv('conv2', 32, 3, 'valid')
      conv('conv3', 64, 3, 'same')
      pool('pool1')
      conv('conv4', 80, 1, 'valid')
      conv('conv5', 192, 3, 'valid')
      pool('pool2')
    })
    for (const [i, filters] of [32, 64, 64].entries())
      x = addBlock(b, 'inceptionA', { pool: filters, scale }, x, `Mixed 5${'bcd'.charAt(i)}`)
    x = addBlock(b, 'inceptionB', { scale }, x, 'Mixed 6a')
    for (const [i, conv7] of [128, 160, 160, 192].entries())
      x = addBlock(b, 'inceptionC', { conv7, scale }, x, `Mixed 6${'bcde'.charAt(i)}`)
    if (p.aux)
      b.group('Auxiliary', undefined, () => {
        let y = b.layer('averagePooling2d', { poolSize: [5, 5], strides: [3, 3] }, x)
        y = convBn(b, y, 'conv0', { filters: 128, kernel: 1, scale, activation: 'relu' })
        y = convBn(b, y, 'conv1', { filters: 768, kernel: 5, padding: 'valid', scale, activation: 'relu' })
        y = b.layer('globalAveragePooling2d', {}, y)
        y = b.layer('dense', { units: p.classes }, y, { name: 'Auxiliary output' })
        y = b.layer('softmax', {}, y)
        b.layer('output', { lossWeight: 0.3 }, y, { name: 'Auxiliary' })
      })
    x = addBlock(b, 'inceptionD', { scale }, x, 'Mixed 7a')
    x = addBlock(b, 'inceptionE', { scale }, x, 'Mixed 7b')
    x = addBlock(b, 'inceptionE', { scale }, x, 'Mixed 7c')
    x = b.layer('globalAveragePooling2d', {}, x, { name: 'Average pooling' })
    x = b.layer('dropout', { rate: 0.5 }, x)
    x = b.layer('dense', { units: p.classes }, x, { name: 'Output' })
    b.layer('softmax', {}, x)
  },
})
