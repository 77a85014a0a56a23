import { convBn } from '#shared/blocks/convBn'
import { addBlock } from '#shared/blocks/index'
import { bool, choice, int, shape } from '#shared/fields'
import type { Builder, Wire } from '#shared/graph/builder'
import { defineTemplate } from './template'

/** Table 1 of the paper: 1×1, 3×3 reduce, 3×3, 5×5 reduce, 5×5, pool projection. */
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
const pool2 = { ceilMode: true } as const

/** A classifier of its own behind an early module, which brings gradients there while training; its loss counts 0.3, as in the paper. */
function drawAuxiliary(b: Builder, x: Wire, name: string, classes: number, batchNorm: boolean): void {
  b.group(name, undefined, () => {
    let y = b.layer('averagePooling2d', { poolSize: [5, 5], strides: [3, 3] }, x)
    y = convBn(b, y, 'conv', { filters: 128, kernel: 1, batchNorm, activation: 'relu' })
    y = b.layer('flatten', {}, y)
    y = b.layer('dense', { units: 1024, activation: 'relu' }, y)
    y = b.layer('dropout', { rate: 0.7 }, y)
    y = b.layer('dense', { units: classes }, y, { name: `${name} output` })
    y = b.layer('softmax', {}, y)
    b.layer('output', { lossWeight: 0.3 }, y, { name })
  })
}

export const googlenet = defineTemplate({
  label: 'GoogLeNet (Inception v1)',
  paper: 'Szegedy et al.: Going deeper with convolutions',
  year: 2015,
  doc: 'Nine Inception modules: convolutions of several sizes side by side, with 1×1 convolutions that keep the cost down.',
  fields: {
    input: shape({ default: [224, 224, 3], help: 'Size of the images.' }),
    classes: int({ default: 1000, help: 'Number of classes.' }),
    variant: choice({
      default: 'paper',
      options: ['paper', 'torchvision'],
      help: "The paper's, or torchvision's: batch normalization, and 3×3 where the paper has 5×5.",
    }),
    aux: bool({ default: false, help: 'Two more classifiers behind modules 4a and 4d, used while training.' }),
  },
  draw(b, p) {
    const paper = p.variant === 'paper'
    let x = b.input(p.input)
    const conv = (name: string, filters: number, kernel: number, strides = 1) =>
      convBn(b, x, name, { filters, kernel, strides, batchNorm: !paper, activation: 'relu' })
    const norm = (name: string): Wire => (paper ? b.layer('lrn', { bias: 1 }, x, { name }) : x)
    b.group('Stem', undefined, () => {
      x = conv('conv1', 64, 7, 2)
      x = b.layer('maxPooling2d', pool3, x, { name: 'pool1' })
      x = norm('norm1')
      x = conv('conv2 reduce', 64, 1)
      x = conv('conv2', 192, 3)
      x = norm('norm2')
      x = b.layer('maxPooling2d', pool3, x, { name: 'pool2' })
    })
    for (const [name, [conv1, reduce3, conv3, reduce5, conv5, pool]] of Object.entries(modules)) {
      const kernels = paper ? {} : ({ batchNorm: true, largeKernel: '3x3' } as const)
      const filters = { conv1, reduce3, conv3, reduce5, conv5, pool }
      x = addBlock(b, 'inceptionV1', { ...filters, ...kernels }, x, `Inception ${name}`)
      if (p.aux && (name === '4a' || name === '4d')) drawAuxiliary(b, x, `Auxiliary ${name}`, p.classes, !paper)
      if (name === '3b') x = b.layer('maxPooling2d', pool3, x, { name: 'pool3' })
      if (name === '4e') x = b.layer('maxPooling2d', paper ? pool3 : pool2, x, { name: 'pool4' })
    }
    x = b.layer('globalAveragePooling2d', {}, x, { name: 'Average pooling' })
    x = b.layer('dropout', { rate: paper ? 0.4 : 0.2 }, x)
    x = b.layer('dense', { units: p.classes }, x, { name: 'Output' })
    b.layer('softmax', {}, x)
  },
})
