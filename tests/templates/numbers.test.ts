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
  { name: 'vgg16', total: 138_357_544, macs: 15_470_264_320 },
  { name: 'vgg16', set: { batchNorm: true }, trainable: 138_365_992 },
  { name: 'googlenet', total: 6_998_552, macs: 1_582_671_872 },
  { name: 'resnet18', trainable: 11_689_512, macs: 1_814_073_344 },
  { name: 'resnet50', trainable: 25_557_032, macs: 4_089_184_256 },
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
