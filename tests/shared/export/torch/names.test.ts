import { expect, test } from 'vitest'
import { type TorchModel, writeModel } from '#shared/export/torch/model'
import { pascalCase, snakeCase } from '#shared/export/torch/names'
import { torchNetwork } from '#shared/export/torch/network'
import { projectTexts, type Source } from '#shared/export/torch/project/index'
import { Builder } from '#shared/graph/builder'
import { defaultTraining } from '#shared/training/config'

function write(title: string, inputs: readonly string[] = ['x']) {
  const b = new Builder()
  const joined = b.layer(
    'concat',
    {},
    inputs.map((name, i) => b.input([3], { id: `in${i}`, name })),
  )
  b.layer('dense', { units: 2 }, joined)
  const graph = b.build()
  const network = torchNetwork(graph, 'meanSquaredError')
  if (!network.ok) throw new Error(network.error)
  return { network: network.value, model: writeModel(network.value, graph, title) }
}

const sources: readonly Source[] = [
  { kind: 'csv', path: 'a.csv' },
  { kind: 'images', path: 'a' },
  { kind: 'cifar10', path: 'a' },
]
const files = (source: Source): readonly string[] => {
  const { network, model } = write('Network', ['a', 'b'])
  const samples = {
    inputShape: [6],
    sourceShape: [6],
    range: [0, 1] as const,
    labels: ['a', 'b'],
    targetSize: 2,
    normalization: undefined,
  }
  const training = { ...defaultTraining, gradientAccumulationSteps: 2, weightDecay: 0.1 }
  const texts = projectTexts({
    title: 'Network',
    untrained: null,
    network,
    model,
    training,
    source,
    samples,
    weights: [],
  })
  return Object.entries(texts).flatMap(([name, text]) => (name.endsWith('.py') && name !== 'model.py' ? [text] : []))
}

test.each(sources)('a network called like something beside it gets another name: $kind', (source) => {
  for (const text of files(source)) {
    const imported = [...text.matchAll(/^from (?!model)\S+ import (.*)$/gm)].flatMap((m) => m[1]?.split(', ') ?? [])
    const defined = [...text.matchAll(/^(?:class )?([A-Z]\w*)(?=[(: ])/gm)].flatMap((m) => m[1] ?? [])
    for (const name of [...imported, ...defined]) {
      expect(pascalCase(name, 'Network'), name).not.toBe(name)
      expect(pascalCase(name.toLowerCase(), 'Network'), name).not.toBe(name)
    }
  }
})

const parameters = ({ text }: TorchModel): string => /forward\((.*?)\)/.exec(text)?.[1] ?? ''

test('inputs called like what the methods need get other names', () => {
  expect(parameters(write('Network', ['self', 'torch', 'nn']).model)).toBe(
    'self, self_layer: Tensor, torch_layer: Tensor, nn_layer: Tensor',
  )
})

test('hooks of a module are not overwritten by a layer', () => {
  expect(snakeCase('register forward hook', 'layer')).toBe('register_forward_hook_layer')
})

test.each(['"""\nimport os\n"""', 'a\\', '\u0000', 'x\u0000\u001b[31m\u007f"', '#', "'''"])(
  'a title stays within its text: %j',
  (title) => {
    const [first = ''] = write(title).model.text.split('\n')
    // One line, with three quotes at either end and none between; no control character, which Python would refuse.
    expect(first).toMatch(/^"""The network [^"\\\p{Cc}]*, written by Netloom\."""$/u)
  },
)
