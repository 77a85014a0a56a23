import i18next from 'i18next'
import { transplant } from '#shared/graph/edits'
import { directionOf, type Graph } from '#shared/graph/graph'
import { parseProject } from '#shared/project/parse'
import { serializeProject } from '#shared/project/serialize'
import { fail } from '../shell/files'
import { emptyDocument, useDocument } from '../store/document'
import { useView } from '../store/view'
import { change } from './change'
import { commentFlowId, selectedComments } from './comments'
import { groupFlowId, layersOf, viewGroups } from './groups'
import { turned } from './turn'

/** How far a copy stands from its original, in pixels. */
const OFFSET = { x: 24, y: 24 }

/** The selected layers with the wires and the selected groups among them, and the selected comments. */
export function partOf(graph: Graph, selection: ReadonlySet<string>): Graph {
  const ids = new Set(layersOf(graph, selection))
  const views = viewGroups(graph)
  // A group comes along when it, or one around it, is selected.
  const chosen = new Set<string>()
  const byId = new Map(graph.groups.map((g) => [g.id, g]))
  for (const g of graph.groups)
    for (let up = byId.get(g.id); up; up = up.parent === undefined ? undefined : byId.get(up.parent))
      if (selection.has(groupFlowId(up.id)) || views.byId.get(up.id)?.members.every((m) => ids.has(m))) chosen.add(g.id)
  const notes = new Set(selectedComments(selection))
  const comments = graph.comments?.filter((c) => notes.has(c.id)) ?? []
  return {
    ...(comments.length > 0 && { comments }),
    ...(graph.direction && { direction: graph.direction }),
    nodes: graph.nodes
      .filter((n) => ids.has(n.id))
      .map((n) => {
        if (n.group === undefined || chosen.has(n.group)) return n
        const { group: _, ...rest } = n
        return rest
      }),
    edges: graph.edges.filter((e) => ids.has(e.source) && ids.has(e.target)),
    groups: graph.groups
      .filter((g) => chosen.has(g.id))
      .map((g) => {
        if (g.parent === undefined || chosen.has(g.parent)) return g
        const { parent: _, ...rest } = g
        return rest
      }),
  }
}

export const selectedPart = (): Graph => partOf(useDocument.getState().document.graph, useView.getState().selection)

/** Layers travel between windows as the text of a project file. */
export const selectionAsText = (): string => serializeProject({ ...emptyDocument, graph: selectedPart() })

/** Adds a copy under fresh names and selects it. */
export function addCopy(label: string, part: Graph): void {
  const { graph } = useDocument.getState().document
  const edit = transplant(graph, turned(part, directionOf(graph)), OFFSET)
  if (edit.nodes.length + (edit.comments?.length ?? 0) === 0) return
  change(label, [edit])
  useView.getState().select(flowIdsOf(edit))
}

type Part = Pick<Graph, 'nodes' | 'groups' | 'comments'>

/** What stands for a part on the canvas: its outermost groups, the layers in none, its comments. */
export const flowIdsOf = ({ nodes, groups, comments = [] }: Part): readonly string[] => {
  const there = new Set(groups.map((g) => g.id))
  const outermost = groups.filter((g) => g.parent === undefined || !there.has(g.parent)).map((g) => groupFlowId(g.id))
  const loose = nodes.filter((n) => n.group === undefined || !there.has(n.group)).map((n) => n.id)
  return [...outermost, ...loose, ...comments.map((c) => commentFlowId(c.id))]
}

/** Adds what was copied, also from another window, or a whole project. */
export function pasteText(text: string): void {
  const project = parseProject(text)
  if (project.ok) addCopy('paste', project.value.graph)
  else fail(i18next.t('app.canvas.notPasteable'))
}
