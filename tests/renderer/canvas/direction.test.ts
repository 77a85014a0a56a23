import { describe, expect, test } from 'vitest'
import { drawBlock } from '#shared/blocks/block'
import { blocks } from '#shared/blocks/index'
import { defaultsOf } from '#shared/fields'
import { applyEdits, makeNode } from '#shared/graph/edits'
import { type Edge, emptyGraph, findNode, type Graph } from '#shared/graph/graph'
import { nodeSize } from '#shared/graph/tidy'
import { type TemplateName, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { createFlow } from '../../../renderer/canvas/flow'
import { foldEdits } from '../../../renderer/canvas/fold'
import { type Box, boxOf, viewGroups } from '../../../renderer/canvas/groups'
import { placeInWire } from '../../../renderer/canvas/insert'
import { arrangeScene } from '../../../renderer/canvas/layout'
import { placeAfter } from '../../../renderer/canvas/place'
import { redrawBlock } from '../../../renderer/canvas/redraw'
import { wirePath } from '../../../renderer/canvas/routing'
import { turnEdits, turned } from '../../../renderer/canvas/turn'

const wire: Edge = { source: 'a', sourcePort: 0, target: 'b', targetPort: 0 }
/** Two layers side by side that flow to the right. */
const right: Graph = {
  ...emptyGraph,
  direction: 'right',
  nodes: [makeNode('input', 'a', {}, { x: 0, y: 0 }), makeNode('conv2d', 'b', {}, { x: 248, y: 0 })],
  edges: [wire],
}
const none: ReadonlySet<string> = new Set()
const network = (name: TemplateName) => drawTemplate(templates[name], defaultsOf(templates[name].fields))
const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

describe('turning a drawing', () => {
  test.each(['lenet5', 'googlenet', 'resnet18', 'inceptionV3', 'mobilenetV2'] as const)('of %s', (name) => {
    const graph = network(name)
    const flat = turned(graph, 'right')
    // Every wire runs to the right.
    for (const e of flat.edges) {
      const [from, to] = [findNode(flat, e.source), findNode(flat, e.target)]
      expect((to?.position.x ?? 0) - (from?.position.x ?? 0)).toBeGreaterThanOrEqual(nodeSize.width)
    }
    // Nothing lies on anything else: layers, and frames that are not inside of each other.
    const boxes = flat.nodes.map(boxOf)
    expect(boxes.filter((a, i) => boxes.some((b, j) => j > i && overlap(a, b)))).toEqual([])
    const views = [...viewGroups(flat).byId.values()]
    const frames = views.filter((a) => views.some((b) => a !== b && a.depth === b.depth && overlap(a.frame, b.frame)))
    expect(frames.map((f) => f.group.id)).toEqual([])
    // Back again, all is where it was, but for roundings.
    const back = turned(flat, 'down')
    for (const [i, n] of graph.nodes.map((m, at) => [at, m] as const)) {
      const at = back.nodes.at(i)?.position
      expect(Math.abs((at?.x ?? 0) - n.position.x)).toBeLessThanOrEqual(1)
      expect(Math.abs((at?.y ?? 0) - n.position.y)).toBeLessThanOrEqual(1)
    }
  })
  test('takes comments along, and is nothing where it flows so already', () => {
    const note = {
      id: 'n',
      text: '',
      position: { x: 0, y: 116 },
      size: { width: 100, height: 50 },
      color: 'grey',
    } as const
    const flat = turned({ ...emptyGraph, comments: [note] }, 'right')
    expect(flat.comments?.[0]?.position).toEqual({ x: 248, y: 0 })
    expect(turnEdits(flat, 'right')).toEqual([])
  })
})

describe('in a drawing that runs right', () => {
  test('ports are left and right', () => {
    const { nodes } = createFlow()(right, none, none)
    expect(nodes[1]?.handles?.map((h) => [h.id, h.position, h.x + 5, h.y + 5])).toEqual([
      ['in0', 'left', 0, nodeSize.height / 2],
      ['out0', 'right', nodeSize.width, nodeSize.height / 2],
    ])
  })
  test('turning draws the same layers anew, and turning back finds the old ones', () => {
    const flow = createFlow()
    const graph = { ...right, direction: 'down' } as const
    const before = flow(graph, none, none).nodes[0]
    expect(flow(right, none, none).nodes[0]?.handles?.[0]?.position).toBe('right')
    expect(flow(graph, none, none).nodes[0]).toBe(before)
  })
  test('wires go straight to the right and round what stands in the way', () => {
    expect(wirePath({ from: { x: 0, y: 5 }, to: { x: 100, y: 5 } }, null, 'right')).toBe('M0,5L76,5Q84,5 92,5L100,5')
    const far = { ...right, nodes: [...right.nodes, makeNode('conv2d', 'c', {}, { x: 496, y: 0 })] }
    const { edges } = createFlow()({ ...far, edges: [{ ...wire, target: 'c' }] }, none, none)
    const lane = edges[0]?.data?.lane ?? 0
    expect(lane < 0 || lane > nodeSize.height).toBe(true)
  })
  test('a piece is added to the right of the selected layer, in line with it', () => {
    const placed = placeAfter(right, { kind: 'layer', type: 'flatten' }, ['b'])
    const graph = applyEdits(right, placed?.edits ?? [])
    expect(findNode(graph, 'flatten')?.position).toEqual({ x: 496, y: 0 })
    expect(graph.edges.at(-1)).toMatchObject({ source: 'b', target: 'flatten' })
  })
  test('a block stands with its layers in line', () => {
    const placed = placeAfter(right, { kind: 'block', type: 'mlpConv' }, ['b'])
    const graph = applyEdits(right, placed?.edits ?? [])
    const added = graph.nodes.filter((n) => n.group !== undefined)
    expect(new Set(added.map((n) => n.position.y))).toEqual(new Set([0]))
    expect(added.length).toBeGreaterThan(1)
  })
  test('a piece dropped on a wire stands between, and what follows moves to the right', () => {
    const { edits } = placeInWire(right, { kind: 'layer', type: 'dropout' }, wire, { x: 200, y: 30 })
    const graph = applyEdits(right, edits)
    expect(findNode(graph, 'dropout')?.position).toEqual({ x: 248, y: 0 })
    expect(findNode(graph, 'b')?.position).toEqual({ x: 496, y: 0 })
  })
  test('folding a block moves what follows to the left, unfolding back', () => {
    const grouped = applyEdits(right, [
      {
        type: 'add',
        nodes: [makeNode('conv2d', 'c', {}, { x: 496, y: 0 }), makeNode('flatten', 'd', {}, { x: 808, y: 0 })],
        edges: [],
        groups: [],
      },
      { type: 'group', group: { id: 'g', name: 'G', collapsed: false }, ids: ['b', 'c'] },
    ])
    const folded = applyEdits(grouped, foldEdits(grouped, 'g', true))
    expect(findNode(folded, 'd')?.position.x).toBeLessThan(808)
    expect(viewGroups(folded).byId.get('g')?.folded).toMatchObject({ x: 248, y: 0 })
    const open = applyEdits(folded, foldEdits(folded, 'g', false))
    expect(findNode(open, 'd')?.position.x).toBe(808)
  })
  test('a block with other parameters is drawn anew along the flow', () => {
    const start = turned(drawBlock('residual', blocks.residual, defaultsOf(blocks.residual.fields)), 'right')
    const id = start.groups[0]?.id ?? ''
    const { edits = [] } = redrawBlock(start, id, { ...defaultsOf(blocks.residual.fields), batchNorm: false }) ?? {}
    const graph = applyEdits(start, edits)
    const ys = new Set(graph.nodes.map((n) => n.position.y))
    const xs = new Set(graph.nodes.map((n) => n.position.x))
    expect(xs.size).toBeGreaterThan(ys.size)
  })
  test('arranging sets layers in columns', () => {
    const places = arrangeScene({
      direction: 'right',
      boxes: ['a', 'b'].map((id) => ({ id, ...nodeSize })),
      frames: [],
      wires: [{ from: 'a', to: 'b' }],
    })
    expect(places.b).toEqual({ x: (places.a?.x ?? 0) + nodeSize.width + 40, y: places.a?.y })
  })
})
