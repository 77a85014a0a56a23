import { expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { applyEdit } from '#shared/graph/edits'
import { infer } from '#shared/graph/infer'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { createFlow } from '../../../renderer/canvas/flow'
import { pictureOf } from '../../../renderer/canvas/picture'

test('a picture shows every layer with its size and costs, and no name can break out of it', () => {
  const lenet = drawTemplate(templates.lenet5, defaultsOf(templates.lenet5.fields))
  const graph = applyEdit(lenet, { type: 'rename', id: 'c1', name: '<script>' })
  const svg = pictureOf({
    graph,
    flow: createFlow()(graph, new Set(), new Set()),
    inference: infer(graph),
    color: (name) => `var(${name})`,
    costs: (params, macs) => `${params} params, ${macs} MACs`,
  })
  expect(svg).not.toContain('<script>')
  expect(svg).toContain('&#60;script&#62;')
  expect(svg).toContain('>28×28×6<')
  expect(svg).toContain('156 params, 117.6 K MACs')
  expect(svg.match(/<path /g)).toHaveLength(graph.edges.length)
})
