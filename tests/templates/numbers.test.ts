import { expect, test } from 'vitest'
import { defaultsOf, type FieldValue } from '#shared/fields'
import { infer } from '#shared/graph/infer'
import { elements, isKnown } from '#shared/layer'
import { isTemplateName, type TemplateName, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'

function draw(name: TemplateName, set: Readonly<Record<string, FieldValue>> = {}) {
  const template = templates[name]
  const graph = drawTemplate(template, { ...defaultsOf(template.fields), ...set })
  return { graph, inference: infer(graph) }
}

/** Published parameters and MACs (papers, torchvision's and Keras's documentation). Never adjusted to the code. */
const published: readonly {
  name: TemplateName
  set?: Readonly<Record<string, FieldValue>>
  trainable?: number
  total?: number
  macs?: number
}[] = [
  { name: 'mlp', total: 784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10, macs: 784 * 128 + 128 * 64 + 64 * 10 },
  { name: 'lenet5', total: 61_706, macs: 416_520 },
  { name: 'lenet5', set: { variant: 'paper' }, total: 60_850 },
  { name: 'alexnet', total: 60_965_224, macs: 724_406_816 },
  { name: 'alexnet', set: { variant: 'torchvision' }, total: 61_100_840, macs: 714_188_480 },
  { name: 'vgg11', total: 132_863_336, macs: 7_609_090_048 },
  { name: 'vgg13', total: 133_047_848 },
  { name: 'vgg16', total: 138_357_544, macs: 15_470_264_320 },
  { name: 'vgg19', total: 143_667_240, macs: 19_632_062_464 },
  { name: 'vgg11', set: { batchNorm: true }, trainable: 132_868_840 },
  { name: 'vgg13', set: { batchNorm: true }, trainable: 133_053_736 },
  { name: 'vgg16', set: { batchNorm: true }, trainable: 138_365_992 },
  { name: 'vgg19', set: { batchNorm: true }, trainable: 143_678_248 },
  { name: 'googlenet', total: 6_998_552, macs: 1_582_671_872 },
  { name: 'googlenet', set: { aux: true }, total: 13_378_280 },
  { name: 'googlenet', set: { variant: 'torchvision' }, trainable: 6_624_904, macs: 1_498_376_192 },
  { name: 'googlenet', set: { variant: 'torchvision', aux: true }, trainable: 13_004_888 },
  { name: 'inceptionV3', trainable: 23_817_352, total: 23_851_784, macs: 5_713_216_096 },
  { name: 'inceptionV3', set: { variant: 'torchvision', aux: true }, trainable: 27_161_264 },
  { name: 'resnet18', trainable: 11_689_512, macs: 1_814_073_344 },
  { name: 'resnet34', trainable: 21_797_672 },
  { name: 'resnet50', trainable: 25_557_032, macs: 4_089_184_256 },
  { name: 'resnet101', trainable: 44_549_160, macs: 7_801_405_440 },
  { name: 'resnet152', trainable: 60_192_808 },
  { name: 'resnet50', set: { variant: 'keras' }, trainable: 25_583_592, total: 25_636_712 },
  { name: 'resnet101', set: { variant: 'keras' }, total: 44_707_176 },
  { name: 'resnet152', set: { variant: 'keras' }, total: 60_419_944 },
  { name: 'mobilenetV1', trainable: 4_231_976, macs: 568_740_352 },
  { name: 'mobilenetV1', set: { alpha: 0.25 }, total: 475_544 },
  { name: 'mobilenetV1', set: { alpha: 0.5 }, total: 1_342_536 },
  { name: 'mobilenetV1', set: { alpha: 0.75 }, total: 2_601_976 },
  { name: 'mobilenetV2', trainable: 3_504_872, macs: 300_774_272 },
]

for (const { name, set, trainable, total, macs } of published)
  test(`${name} ${JSON.stringify(set ?? {})} has its published parameters and MACs`, () => {
    const { inference } = draw(name, set)
    expect(inference.problems()).toEqual([])
    const { params } = inference.totals
    if (trainable !== undefined) expect(params.trainable).toBe(trainable)
    if (total !== undefined) expect(params.total).toBe(total)
    if (macs !== undefined) expect(inference.totals.macs).toBe(macs)
  })

/** Published to three decimals, in billions. */
test.each([
  ['resnet34', {}, '3.664'],
  ['resnet152', {}, '11.514'],
  ['resnet50', { strideOn: '1x1' }, '3.858'],
  ['resnet50', { variant: 'keras' }, '3.858'],
  ['vgg13', {}, '11.308'],
] as const)('MACs of %s %o: %s G', (name, set, macs) => {
  expect((draw(name, set).inference.totals.macs / 1e9).toFixed(3)).toBe(macs)
})

test('receptive fields of AlexNet, convolution by pooling', () => {
  const { graph, inference } = draw('alexnet')
  const fields = graph.nodes
    .filter((n) => n.type === 'conv2d' || n.type === 'maxPooling2d')
    .map((n) => inference.node(n.id)?.receptiveField?.size[0])
  expect(fields).toEqual([11, 19, 51, 67, 99, 131, 163, 195])
})

test('receptive fields of VGG-16, convolution by pooling', () => {
  const { graph, inference } = draw('vgg16')
  const fields = graph.nodes
    .filter((n) => n.type === 'conv2d' || n.type === 'maxPooling2d')
    .map((n) => inference.node(n.id)?.receptiveField?.size[0])
  expect(fields).toEqual([3, 5, 6, 10, 14, 16, 24, 32, 40, 44, 60, 76, 92, 100, 132, 164, 196, 212])
})

test.each([
  ['resnet18', 435],
  ['resnet50', 427],
] as const)('receptive field of %s at its last map', (name, size) => {
  const { graph, inference } = draw(name)
  const pool = graph.nodes.find((n) => n.type === 'globalAveragePooling2d')
  const into = graph.edges.find((e) => e.target === pool?.id)
  expect(inference.node(into?.source ?? '')?.receptiveField?.size).toEqual([size, size])
})

test('activations of VGG-16: every convolution, pooling and dense output, the input left out', () => {
  const { graph, inference } = draw('vgg16')
  const counted = graph.nodes.filter((n) => ['conv2d', 'maxPooling2d', 'dense'].includes(n.type))
  const sum = counted.reduce((total, n) => {
    const [out = null] = inference.node(n.id)?.outputs ?? []
    return total + (isKnown(out) ? elements(out) : Number.NaN)
  }, 0)
  expect(sum).toBe(15_087_080)
  expect(inference.totals.activationBytes).toBe(15_087_080 * 4)
})

test('template names', () => {
  expect(isTemplateName('lenet5')).toBe(true)
  expect(isTemplateName('toString')).toBe(false)
})
