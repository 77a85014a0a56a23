import { expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { applyEdit, applyEdits, makeNode } from '#shared/graph/edits'
import { emptyGraph, findNode, type Graph } from '#shared/graph/graph'
import { createRandom } from '#shared/training/random'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { partOf } from '../../../renderer/canvas/clipboard'
import { createFlow } from '../../../renderer/canvas/flow'
import { foldEdits } from '../../../renderer/canvas/fold'
import { boxOf, groupFlowId, union, viewGroups } from '../../../renderer/canvas/groups'
import { laneOf } from '../../../renderer/canvas/routing'
import { turned } from '../../../renderer/canvas/turn'

const none: ReadonlySet<string> = new Set()
const resnet = drawTemplate(templates.resnet18, defaultsOf(templates.resnet18.fields))
const some = (g: Graph) => g.groups.find((x) => !g.groups.some((y) => y.parent === x.id))?.id ?? ''

test('an edit of what a layer says draws nothing anew; moving or selecting it draws that layer alone anew', () => {
  const draw = createFlow()
  const before = draw(resnet, none, none)
  const node = resnet.nodes.at(5)
  const id = node?.id ?? ''
  expect(draw(resnet, none, none)).toBe(before)
  const renamed = applyEdit(resnet, { type: 'rename', id, name: 'x' })
  expect(draw(renamed, none, none)).toBe(before)
  const typed = applyEdit(renamed, { type: 'setParams', id: 'conv2d1', params: { filters: 65 } })
  expect(typed).not.toBe(renamed)
  expect(draw(typed, none, none)).toBe(before)

  const selected = draw(typed, new Set([id]), none)
  expect(selected.nodes.filter((n) => !before.nodes.includes(n)).map((n) => n.id)).toEqual([id])
  expect(selected.edges).toBe(before.edges)

  const { x = 0, y = 0 } = node?.position ?? {}
  const moved = draw(applyEdit(typed, { type: 'move', positions: { [id]: { x: x + 1, y } } }), none, none)
  const layers = moved.nodes.filter((n) => n.type === 'layer' && !before.nodes.includes(n))
  expect(layers.map((n) => n.id)).toEqual([id])
  expect(moved.nodes.find((n) => n.id === id)?.position.x).toBe(x + 1)
  expect(draw(resnet, none, none).nodes.find((n) => n.id === id)?.position.x).toBe(x)
})

test('a layer of another kind in the place of one is drawn anew', () => {
  const draw = createFlow()
  const of = (type: 'conv2d' | 'add') => ({ ...emptyGraph, nodes: [makeNode(type, 'a')] })
  draw(of('conv2d'), none, none)
  const [node] = draw(of('add'), none, none).nodes
  expect(node?.type === 'layer' && node.data.kind).toBe('add')
})

test('a folded group stands for its layers and their wires; open again, everything is where it was', () => {
  const id = some(resnet)
  const folded = applyEdits(resnet, foldEdits(resnet, id, true))
  const members = new Set(viewGroups(resnet).byId.get(id)?.members)
  const flow = createFlow()(folded, none, none)
  expect(flow.nodes.some((n) => members.has(n.id))).toBe(false)
  expect(flow.nodes.find((n) => n.id === groupFlowId(id))?.type).toBe('folded')
  const ids = new Set(flow.nodes.map((n) => n.id))
  expect(flow.edges.filter((e) => !ids.has(e.source) || !ids.has(e.target))).toEqual([])
  const drawn = new Set(flow.edges.flatMap((e) => e.data?.edges ?? []))
  const inner = folded.edges.filter((e) => members.has(e.source) && members.has(e.target))
  expect(drawn.size + inner.length).toBe(folded.edges.length)
  const open = applyEdits(folded, foldEdits(folded, id, false))
  expect(open.nodes.map((n) => n.position)).toEqual(resnet.nodes.map((n) => n.position))
})

test('folding moves up what lies below, and nothing comes to lie upon another', () => {
  const height = (g: Graph) => union(g.nodes.map(boxOf))?.height ?? 0
  let g = resnet
  for (const group of resnet.groups) g = applyEdits(g, foldEdits(g, group.id, true))
  expect(height(g)).toBeLessThan(height(resnet))
  const boxes = createFlow()(g, none, none).nodes.filter((n) => n.type !== 'frame')
  const overlaps = boxes.filter((a) =>
    boxes.some(
      (b) => a !== b && Math.abs(a.position.x - b.position.x) < 200 && Math.abs(a.position.y - b.position.y) < 70,
    ),
  )
  expect(overlaps.map((n) => n.id)).toEqual([])
})

test('a frame holds all its layers', () => {
  for (const v of viewGroups(resnet).byId.values())
    for (const n of resnet.nodes.filter((x) => v.members.includes(x.id)).map(boxOf)) {
      expect(n.x).toBeGreaterThan(v.frame.x)
      expect(n.y).toBeGreaterThan(v.frame.y)
      expect(n.x + n.width).toBeLessThan(v.frame.x + v.frame.width)
    }
})

test('a wire goes round what stands in its way', () => {
  const box = (y: number) => ({ x: 0, y, width: 200, height: 76 })
  const run = (x: number) => ({ from: { x, y: 76 }, to: { x: 100, y: 500 } })
  expect(laneOf(run(100), [box(0), box(116), box(500)])).not.toBeNull()
  const lane = laneOf(run(100), [box(0), box(116), box(232), box(500)]) ?? 0
  expect(lane < 0 || lane > 200).toBe(true)
  expect(laneOf(run(400), [box(0), box(116), box(500)])).toBeNull()
})

test('a copy holds the wires among what was selected, and a group that was selected whole', () => {
  const id = some(resnet)
  const part = partOf(resnet, new Set([groupFlowId(id)]))
  const members = viewGroups(resnet).byId.get(id)?.members
  expect(part.nodes.map((n) => n.id)).toEqual(members)
  expect(part.groups.map((g) => g.id)).toEqual([id])
  expect(part.groups[0]?.parent).toBeUndefined()
  const one = partOf(resnet, new Set([members?.[0] ?? '']))
  expect([one.nodes.length, one.edges.length, one.groups.length, one.nodes.at(0)?.group]).toEqual([1, 0, 0, undefined])
})

test('wires to layers that do not exist are not drawn', () => {
  const edges = [{ source: 'gone', sourcePort: 0, target: 'a', targetPort: 0 }]
  const g: Graph = { ...emptyGraph, nodes: [makeNode('conv2d', 'a')], edges }
  expect(createFlow()(g, none, none).edges).toEqual([])
})

test('wires that are drawn step by step as layers move are those drawn from nothing', () => {
  const random = createRandom(5)
  const inception = drawTemplate(templates.googlenet, defaultsOf(templates.googlenet.fields))
  for (const start of [inception, turned(inception, 'right')]) {
    const draw = createFlow()
    let graph = start
    const ids = graph.nodes.map((n) => n.id)
    for (let step = 0; step < 60; step++) {
      if (step % 20 === 10) graph = applyEdits(graph, foldEdits(graph, some(graph), step % 40 === 10))
      const count = 1 + Math.floor(random.next() * 4)
      const moving = Array.from({ length: count }, () => ids[Math.floor(random.next() * ids.length)] ?? '')
      const positions = Object.fromEntries(
        moving.map((id) => {
          const { x = 0, y = 0 } = findNode(graph, id)?.position ?? {}
          return [id, { x: x + Math.round(400 * random.normal()), y: y + Math.round(400 * random.normal()) }]
        }),
      )
      graph = applyEdit(graph, { type: 'move', positions })
      const [drawn, anew] = [draw(graph, none, none), createFlow()(graph, none, none)]
      expect(drawn.edges).toEqual(anew.edges)
      expect(drawn.nodes).toEqual(anew.nodes)
    }
  }
})
