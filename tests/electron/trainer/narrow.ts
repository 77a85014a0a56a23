import { convBn } from '#shared/blocks/convBn'
import { addBlock } from '#shared/blocks/index'
import { defaultsOf } from '#shared/fields'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'

/** ResNet-18 for images of 32×32 (a 3×3 stem that keeps the size, as is usual for CIFAR-10), with `width` in place of 64 filters. */
export function resnet18(width: number, classes: number): Graph {
  const b = new Builder()
  let x = convBn(b, b.input([32, 32, 3]), 'conv1', { filters: width, kernel: 3, activation: 'relu' })
  for (const [i, stage] of [1, 2, 4, 8].entries())
    for (const block of [1, 2]) {
      const first = i > 0 && block === 1
      const shortcut = first ? 'projection' : 'identity'
      const shape = { filters: width * stage, strides: first ? 2 : 1, shortcut } as const
      x = addBlock(b, 'residual', shape, x, `conv${i + 2}_${block}`)
    }
  x = b.layer('dense', { units: classes }, b.layer('globalAveragePooling2d', {}, x))
  b.layer('softmax', {}, x)
  return b.build()
}

/** GoogLeNet for images of 32×32 as in the gallery, with batch normalization and an eighth of its filters. */
export function googlenet(classes: number): Graph {
  const template = templates.googlenet
  const graph = drawTemplate(template, {
    ...defaultsOf(template.fields),
    variant: 'torchvision',
    input: [32, 32, 3],
    classes,
  })
  const nodes = graph.nodes.map((node) =>
    node.type === 'conv2d' ? { ...node, params: { ...node.params, filters: node.params.filters / 8 } } : node,
  )
  return { ...graph, nodes }
}
