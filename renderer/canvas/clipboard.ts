import i18next from 'i18next'
import { transplant } from '#shared/graph/edits'
import type { Graph } from '#shared/graph/graph'
import { parseProject } from '#shared/project/parse'
import { serializeProject } from '#shared/project/serialize'
import { fail } from '../shell/files'
import { emptyDocument, useDocument } from '../store/document'
import { useView } from '../store/view'
import { change } from './change'
import { groupFlowId, layersOf, viewGroups } from './groups'

/** How far a copy stands from its original, in pixels. */
const OFFSET = { x: 24, y: 24 }

/** The selected layers with the wires and the selected groups among them. */
export function partOf(graph: Graph, selection: ReadonlySet<string>): Graph {
  const ids = new Set(layersOf(graph, selection))
  const views = viewGroups(graph)
  // A group comes along when it, or one around it, is selected.
  const chosen = new Set<string>()
  const byId = new Map(graph.groups.map((g) => [g.id, g]))
  for (const g of graph.groups)
    for (let up = byId.get(g.id); up; up = up.parent === undefined ? undefined : byId.get(up.parent))
      if (selection.has(groupFlowId(up.id)) || views.byId.get(up.id)?.members.every((m) => ids.has(m))) chosen.add(g.id)
  return {
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
  const edit = transplant(useDocument.getState().document.graph, part, OFFSET)
  if (edit.nodes.length === 0) return
  change(label, [edit])
  useView.getState().select(flowIdsOf(edit))
}

/** What stands for a part on the canvas: its outermost groups, and the layers in none. */
export const flowIdsOf = ({ nodes, groups }: Pick<Graph, 'nodes' | 'groups'>): readonly string[] => {
  const there = new Set(groups.map((g) => g.id))
  const outermost = groups.filter((g) => g.parent === undefined || !there.has(g.parent)).map((g) => groupFlowId(g.id))
  return [...outermost, ...nodes.filter((n) => n.group === undefined || !there.has(n.group)).map((n) => n.id)]
}

/** Adds what was copied, also from another window, or a whole project. */
export function pasteText(text: string): void {
  const project = parseProject(text)
  if (project.ok) addCopy('paste', project.value.graph)
  else fail(i18next.t('app.canvas.notPasteable'))
}
