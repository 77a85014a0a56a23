import { convBn, normAct } from '#shared/blocks/convBn'
import { addBlock } from '#shared/blocks/index'
import { float, int, shape } from '#shared/fields'
import { defineTemplate } from './template'

const fields = {
  input: shape({ default: [224, 224, 3], help: 'Size of the images.' }),
  classes: int({ default: 1000, help: 'Number of classes.' }),
  alpha: float({ default: 1, min: 0.1, max: 4, help: 'Width multiplier: scales the channels of every layer.' }),
} as const

/** Output channels and step of each depthwise-separable block; table 1 of the paper. */
const separable: readonly (readonly [filters: number, strides: number])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
]

export const mobilenetV1 = defineTemplate({
  label: 'MobileNet v1',
  paper: 'Howard et al.: MobileNets: efficient convolutional neural networks for mobile vision applications',
  year: 2017,
  doc: 'Depthwise convolutions followed by 1×1 convolutions: an eighth of the cost of full convolutions.',
  fields,
  draw(b, { input, classes, alpha }) {
    const wide = (filters: number) => Math.max(Math.floor(filters * alpha), 1)
    let x = b.input(input)
    x = convBn(b, x, 'conv1', { filters: wide(32), kernel: 3, strides: 2, padding: 'same', activation: 'relu' })
    separable.forEach(([filters, strides], i) => {
      b.group(`Block ${i + 1}`, undefined, () => {
        const depthwise = { kernelSize: [3, 3], strides: [strides, strides], padding: 'same', useBias: false } as const
        x = b.layer('depthwiseConv2d', depthwise, x, { name: 'depthwise' })
        x = normAct(b, x, 'depthwise', 'relu')
        x = convBn(b, x, 'pointwise', { filters: wide(filters), kernel: 1, activation: 'relu' })
      })
    })
    x = b.layer('globalAveragePooling2d', {}, x, { name: 'Average pooling' })
    x = b.layer('dropout', { rate: 0.001 }, x)
    x = b.layer('dense', { units: classes }, x, { name: 'Output' })
    b.layer('softmax', {}, x)
  },
})

/** Expansion, output channels, repeats and first step of each stage; table 2 of the paper. */
const inverted: readonly (readonly [expansion: number, filters: number, repeats: number, strides: number])[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
]

/** The nearest multiple of 8 that is not more than a tenth too small. */
function multipleOf8(n: number): number {
  const rounded = Math.max(8, Math.floor((n + 4) / 8) * 8)
  return rounded < 0.9 * n ? rounded + 8 : rounded
}

export const mobilenetV2 = defineTemplate({
  label: 'MobileNet v2',
  paper: 'Sandler et al.: MobileNetV2: inverted residuals and linear bottlenecks',
  year: 2018,
  doc: 'Blocks that widen, filter each channel by itself and narrow again, with shortcuts between the narrow ends.',
  fields,
  draw(b, { input, classes, alpha }) {
    let x = b.input(input)
    let channels = multipleOf8(32 * alpha)
    x = convBn(b, x, 'conv1', { filters: channels, kernel: 3, strides: 2, activation: 'relu6' })
    let block = 1
    for (const [expansion, width, repeats, first] of inverted)
      for (let k = 0; k < repeats; k++) {
        const filters = multipleOf8(width * alpha)
        const strides = k === 0 ? first : 1
        x = addBlock(b, 'invertedResidual', { channels, filters, strides, expansion }, x, `Block ${block++}`)
        channels = filters
      }
    x = convBn(b, x, 'conv last', { filters: multipleOf8(1280 * Math.max(alpha, 1)), kernel: 1, activation: 'relu6' })
    x = b.layer('globalAveragePooling2d', {}, x, { name: 'Average pooling' })
    x = b.layer('dropout', { rate: 0.2 }, x)
    x = b.layer('dense', { units: classes }, x, { name: 'Output' })
    b.layer('softmax', {}, x)
  },
})
