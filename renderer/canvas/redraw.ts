import { drawBlock } from '#shared/blocks/block'
import { blocks, blockTypes } from '#shared/blocks/index'
import type { Params } from '#shared/fields'
import { applyEdit, applyEdits, type Edit, transplant } from '#shared/graph/edits'
import { directionOf, type Edge, type Graph } from '#shared/graph/graph'
import { axesOf, endOf, middleOf, pointAt } from './axes'
import { boxOf, exitOf, openInputs, type Port, union, viewGroups } from './groups'
import { turned } from './turn'

export interface Redrawn {
  readonly edits: readonly Edit[]
  /** The id of the group that takes the old one's place. */
  readonly group: string
}

/**
 * Draws a block anew with other parameters, in the same place, fed by and feeding what the old one was. What was changed inside the
 * block by hand is lost. Null for a group that is no block, or one with several outputs in use.
 */
export function redrawBlock(graph: Graph, groupId: string, params: Params): Redrawn | null {
  const view = viewGroups(graph).byId.get(groupId)
  const type = blockTypes.find((b) => b === view?.group.block?.type)
  if (!view || !type) return null
  const { group, members } = view
  const inside = new Set(members)
  const leaving = graph.edges.filter((e) => inside.has(e.source) && !inside.has(e.target))
  const [feeding] = graph.edges.filter((e) => inside.has(e.target) && !inside.has(e.source))
  if (leaving.length > 0 && !exitOf(graph, members)) return null

  const part = turned(drawBlock(type, blocks[type], params), directionOf(graph))
  const axes = axesOf(graph)
  const [old, fresh] = [union(members.flatMap((id) => boxesOf(graph, id))), union(part.nodes.map(boxOf))]
  const by =
    old && fresh
      ? pointAt(axes, old[axes.along] - fresh[axes.along], Math.round(middleOf(old, axes) - middleOf(fresh, axes)))
      : { x: 0, y: 0 }
  const removed = applyEdit(graph, { type: 'remove', ids: members })
  const add = transplant(removed, part, by)
  const [made] = add.groups
  if (!made) return null
  const { name, parent, collapsed } = group
  const dressed = { ...made, name, collapsed, ...(parent !== undefined && { parent }) }
  const added: Edit = { ...add, groups: [dressed, ...add.groups.slice(1)] }
  const drawn = applyEdits(graph, [{ type: 'remove', ids: members }, added])
  const ids = add.nodes.map((n) => n.id)
  const exit = exitOf(drawn, ids)
  const into = feeding ? wiresInto(drawn, ids, { node: feeding.source, port: feeding.sourcePort }) : []
  const out = exit ? leaving.map((e): Edge => ({ ...e, source: exit.node, sourcePort: exit.port })) : []
  const wires = [...into, ...out].map((edge): Edit => ({ type: 'connect', edge }))
  const { along, length } = axes
  const grown = (fresh?.[length] ?? 0) - (old?.[length] ?? 0)
  const behind = graph.nodes.filter((n) => !inside.has(n.id) && n.position[along] >= endOf(view.frame, axes))
  const positions = Object.fromEntries(
    behind.map(({ id, position }) => [id, { ...position, [along]: position[along] + grown }]),
  )
  const room: readonly Edit[] = grown === 0 || collapsed ? [] : [{ type: 'move', positions }]
  return { edits: [{ type: 'remove', ids: members }, ...room, added, ...wires], group: made.id }
}

const boxesOf = (graph: Graph, id: string) => graph.nodes.filter((n) => n.id === id).map(boxOf)

const wiresInto = (graph: Graph, members: readonly string[], source: Port): readonly Edge[] =>
  members
    .flatMap((id) => openInputs(graph, id))
    .map((t) => ({ source: source.node, sourcePort: source.port, target: t.node, targetPort: t.port }))
