import { expect, test } from 'vitest'
import { applyEdits, makeNode } from '#shared/graph/edits'
import { emptyGraph, type Graph } from '#shared/graph/graph'
import { infer } from '#shared/graph/infer'
import { groupOfFlowId } from '../../../renderer/canvas/groups'
import { placeAfter } from '../../../renderer/canvas/place'
import { redrawBlock } from '../../../renderer/canvas/redraw'

/** An input of 16×16×64, a residual block with its defaults, and a pooling layer behind it. */
function withBlock(): { graph: Graph; group: string } {
  const start: Graph = { ...emptyGraph, nodes: [makeNode('input', 'x', { shape: [16, 16, 64] })] }
  const block = placeAfter(start, { kind: 'block', type: 'residual' }, ['x'])
  if (!block) throw new Error('The block was not placed.')
  const drawn = applyEdits(start, block.edits)
  const pool = placeAfter(drawn, { kind: 'layer', type: 'maxPooling2d' }, [block.flowId])
  return { graph: applyEdits(drawn, pool?.edits ?? []), group: groupOfFlowId(block.flowId) ?? '' }
}

test('a block drawn anew with other parameters is wired as before', () => {
  const { graph, group } = withBlock()
  expect(infer(graph).problems()).toEqual([])
  const params = { filters: 128, strides: 2, shortcut: 'projection', batchNorm: false }
  const redrawn = redrawBlock(graph, group, params)
  const after = applyEdits(graph, redrawn?.edits ?? [])
  const result = infer(after)
  expect(result.problems()).toEqual([])
  expect(result.node('maxPooling2d')?.outputs).toEqual([[4, 4, 128]])
  expect(after.groups.map((g) => g.block?.params)).toEqual([params])
  expect(after.nodes.some((n) => n.type === 'batchNorm')).toBe(false)
})

test('a group that is no block is not drawn anew', () => {
  const { graph, group } = withBlock()
  const plain = { ...graph, groups: graph.groups.map(({ block: _, ...g }) => g) }
  expect(redrawBlock(plain, group, {})).toBeNull()
})
