import { beforeEach, expect, test } from 'vitest'
import { applyEdits, makeNode } from '#shared/graph/edits'
import { emptyGraph, type Graph } from '#shared/graph/graph'
import { parseProject } from '#shared/project/parse'
import { decodePiece, encodePiece } from '../../renderer/canvas/drop'
import { asBlock, nameOfPart } from '../../renderer/canvas/ownBlock'
import { placeAt } from '../../renderer/canvas/place'
import { useOwnBlocks } from '../../renderer/store/ownBlocks'

const part: Graph = {
  nodes: [makeNode('conv2d', 'a', { filters: 7 }), makeNode('batchNorm', 'b', {}, { x: 0, y: 120 })],
  edges: [{ source: 'a', sourcePort: 0, target: 'b', targetPort: 0 }],
  groups: [],
}
const { save, remove } = useOwnBlocks.getState()
const names = () => useOwnBlocks.getState().blocks.map((b) => b.name)
beforeEach(() => useOwnBlocks.setState({ blocks: [] }))

test('loose layers become one group; what is one group takes the name', () => {
  const block = asBlock(part, 'Mine')
  expect(block.groups).toEqual([{ id: 'block1', name: 'Mine', collapsed: false }])
  expect(block.nodes.map((n) => n.group)).toEqual(['block1', 'block1'])
  expect([nameOfPart(part), nameOfPart(block)]).toEqual(['', 'Mine'])
  expect(asBlock(block, 'Other')).toEqual({ ...block, groups: [{ id: 'block1', name: 'Other', collapsed: false }] })
})

test('a saved block is inserted as a group with its wires, again and again', () => {
  save('Mine: 1', asBlock(part, 'Mine: 1'))
  const [own] = useOwnBlocks.getState().blocks
  if (!own) throw new Error('The block was not kept.')
  const piece = decodePiece(encodePiece({ kind: 'own', type: own.name, part: own.part }))
  if (!piece) throw new Error('The block was not found by its name.')
  let g = emptyGraph
  for (const y of [0, 400]) g = applyEdits(g, placeAt(g, piece, { x: 0, y }).edits)
  expect([g.nodes.length, g.edges.length, g.groups.map((x) => x.name)]).toEqual([4, 2, ['Mine: 1', 'Mine: 1']])
  expect(placeAt(emptyGraph, piece, { x: 0, y: 0 }).flowId).toBe('group:block1')
})

test('a block is copied as the text of a project', () => {
  const block = asBlock(part, 'Mine')
  save('Mine', block)
  const text = useOwnBlocks.getState().blocks[0]?.text ?? ''
  expect(parseProject(text)).toMatchObject({ ok: true, value: { name: 'Mine', graph: block } })
})

test('every block has its own name; a removed one is gone', () => {
  const block = asBlock(part, 'Mine')
  save('Mine', block)
  save('Mine', block)
  expect(names()).toEqual(['Mine', 'Mine2'])
  remove('Mine')
  expect(names()).toEqual(['Mine2'])
})
