import { expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { applyEdits, makeNode } from '#shared/graph/edits'
import type { Graph } from '#shared/graph/graph'
import { infer } from '#shared/graph/infer'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { compare, type Line } from '../../renderer/shell/compare'

const lenet = drawTemplate(templates.lenet5, defaultsOf(templates.lenet5.fields))
const side = (graph: Graph) => ({ graph, inference: infer(graph) })
const told = (lines: readonly Line[]) =>
  lines.filter((l) => !l.same).map((l) => `${l.mine?.node.id ?? ''}/${l.other?.node.id ?? ''}`)

test('a network is the same as itself', () => {
  const lines = compare(side(lenet), side(lenet))
  expect(lines).toHaveLength(lenet.nodes.length)
  expect(told(lines)).toEqual([])
})

test('a changed parameter is told of its layer and of those whose size it changes', () => {
  const wider = applyEdits(lenet, [{ type: 'setParams', id: 'f6', params: { units: 90 } }])
  expect(told(compare(side(wider), side(lenet)))).toEqual(['f6/f6'])
})

test('an added and a removed layer stand alone', () => {
  const edge = lenet.edges.find((e) => e.source === 'c1')
  if (!edge) throw new Error('LeNet-5 has no wire from C1.')
  const added = applyEdits(lenet, [{ type: 'insert', edge, node: makeNode('batchNorm', 'bn') }])
  expect(told(compare(side(added), side(lenet)))).toEqual(['bn/'])
  const removed = applyEdits(lenet, [{ type: 'remove', ids: ['f6'], rewire: true }])
  expect(told(compare(side(removed), side(lenet)))).toEqual(['/f6'])
})
