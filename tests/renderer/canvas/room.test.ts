import { expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { applyEdits, makeNode } from '#shared/graph/edits'
import { type Direction, emptyGraph, type Graph } from '#shared/graph/graph'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { type Box, boxOf, viewGroups } from '../../../renderer/canvas/groups'
import { groupEdits } from '../../../renderer/canvas/room'
import { turned } from '../../../renderer/canvas/turn'

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
/** Layers and frames that the one group made covers, though they are not in it. */
function covered(graph: Graph, layers: readonly string[]): readonly string[] {
  const views = [...viewGroups(graph).byId.values()]
  const made = views.find((v) => v.members.join() === layers.join())
  if (!made) throw new Error('no group of these layers')
  const others = views.filter((v) => !v.members.some((m) => layers.includes(m)))
  return [
    ...graph.nodes.filter((n) => !layers.includes(n.id) && overlap(boxOf(n), made.frame)).map((n) => n.id),
    ...others.filter((v) => overlap(v.frame, made.frame)).map((v) => v.group.id),
  ]
}
const grouped = (graph: Graph, layers: readonly string[]) =>
  applyEdits(graph, groupEdits(graph, { id: 'made', name: 'Made', collapsed: false }, layers))

const lenet = drawTemplate(templates.lenet5, defaultsOf(templates.lenet5.fields))
for (const direction of ['down', 'right'] satisfies readonly Direction[])
  test(`a group made by hand covers nothing beside it (${direction})`, () => {
    const layers = ['s2', 'c3']
    expect(covered(grouped(turned(lenet, direction), layers), layers)).toEqual([])
  })

test('layers at every side of a frame make room, and those out of its way stay', () => {
  const at = (id: string, x: number, y: number) => makeNode('dropout', id, {}, { x, y })
  const nodes = [at('in', 0, 0), at('above', 0, -80), at('below', 0, 80), at('left', -212, 0), at('right', 212, 0)]
  const graph = grouped({ ...emptyGraph, nodes: [...nodes, at('far', 900, -80)] }, ['in'])
  expect(covered(graph, ['in'])).toEqual([])
  const place = Object.fromEntries(graph.nodes.map((n) => [n.id, n.position]))
  expect(place.above).toEqual({ x: place.in?.x, y: -80 })
  expect(place.left?.x).toBe(-212)
  expect(place.far?.y).toBe(-80)
})

test('where there is room enough nothing moves', () => {
  const at = (id: string, y: number) => makeNode('dropout', id, {}, { x: 0, y })
  const nodes = [at('above', 0), at('in', 200), at('below', 400)]
  expect(grouped({ ...emptyGraph, nodes }, ['in']).nodes.map((n) => n.position.y)).toEqual([0, 200, 400])
})

test('a group above an open block leaves its frame free', () => {
  const resnet = drawTemplate(templates.resnet18, defaultsOf(templates.resnet18.fields))
  const views = [...viewGroups(resnet).byId.values()]
  const top = Math.min(...views.map((v) => v.frame.y))
  const layers = resnet.nodes.filter((n) => n.position.y < top).map((n) => n.id)
  expect(layers).toHaveLength(1)
  expect(covered(grouped(resnet, layers), layers)).toEqual([])
})
