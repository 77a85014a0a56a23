import { expect, test } from 'vitest'
import { writeModel } from '#shared/export/torch/model'
import { torchNetwork } from '#shared/export/torch/network'
import { defaultsOf, type Params } from '#shared/fields'
import { type TemplateName, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'

// The text itself is what people take away: it is read and kept, and changes to it are to be seen.
test.each([
  ['lenet5', {}],
  ['resnet18', { input: [32, 32, 3], classes: 10 }],
  ['mobilenetV2', { input: [96, 96, 3], classes: 10 }],
  ['inceptionV3', {}],
  ['googlenet', { aux: true, classes: 10 }],
] as readonly (readonly [TemplateName, Params])[])('%s as a person would write it', async (name, set) => {
  const template = templates[name]
  const graph = drawTemplate(template, { ...defaultsOf(template.fields), ...set })
  const network = torchNetwork(graph, 'categoricalCrossentropy')
  if (!network.ok) throw new Error(network.error)
  await expect(writeModel(network.value, graph, template.label).text).toMatchFileSnapshot(`torchModels/${name}.py`)
})
