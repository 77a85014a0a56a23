import { expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { applyEdits, makeNode } from '#shared/graph/edits'
import type { Graph } from '#shared/graph/graph'
import { infer } from '#shared/graph/infer'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { compare, type Line, otherSettings } from '../../renderer/shell/compare'

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

test('how weights begin and move counts too, and so do shared weights', () => {
  const settings = { trainable: false, kernelL2: 0.001 }
  const frozen = applyEdits(lenet, [{ type: 'setWeightSettings', ids: ['f6'], settings }])
  expect(told(compare(side(frozen), side(lenet)))).toEqual(['f6/f6'])
  const node = (graph: Graph) => {
    const found = graph.nodes.find((n) => n.id === 'f6')
    if (!found) throw new Error('LeNet-5 has F6.')
    return found
  }
  expect(otherSettings(node(frozen), node(lenet))).toEqual([
    ['trainable', false],
    ['kernelL2', 0.001],
  ])
  expect(otherSettings(node(lenet), node(frozen))).toEqual([
    ['trainable', true],
    ['kernelL2', 0],
  ])
  expect(otherSettings({ ...node(lenet), sharedWith: 'c5' }, node(lenet))).toEqual([['sharedWith', 'c5']])
})

test('an added and a removed layer stand alone', () => {
  const edge = lenet.edges.find((e) => e.source === 'c1')
  if (!edge) throw new Error('LeNet-5 has no wire from C1.')
  const added = applyEdits(lenet, [{ type: 'insert', edge, node: makeNode('batchNorm', 'bn') }])
  expect(told(compare(side(added), side(lenet)))).toEqual(['bn/'])
  const removed = applyEdits(lenet, [{ type: 'remove', ids: ['f6'], rewire: true }])
  expect(told(compare(side(removed), side(lenet)))).toEqual(['/f6'])
})
