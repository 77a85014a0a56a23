import type { Params } from '../fields'
import type { GraphNode } from '../graph/graph'
import { FORMAT, type Project } from './project'

/** The text of a project file: stable key order, one layer or wire per line, so that two people can merge it in git. */
export function serializeProject(p: Project): string {
  const { comments, direction } = p.graph
  const rows = (items: readonly unknown[]): string =>
    items.length === 0 ? '[]' : `[\n${items.map((i) => `      ${JSON.stringify(i)}`).join(',\n')}\n    ]`
  return `{
  "format": ${FORMAT},
  "name": ${JSON.stringify(p.name)},
  "data": ${JSON.stringify(p.data)},
  "training": ${JSON.stringify(p.training)},
  "graph": {
    "nodes": ${rows(p.graph.nodes.map(plainNode))},
    "edges": ${rows(p.graph.edges)},
    "groups": ${rows(p.graph.groups)}${comments ? `,\n    "comments": ${rows(comments)}` : ''}${
      direction ? `,\n    "direction": ${JSON.stringify(direction)}` : ''
    }
  }
}
`
}

const plainNode = (n: GraphNode) => ({
  id: n.id,
  type: n.type === 'unknown' ? n.originalType : n.type,
  name: n.name,
  position: n.position,
  ...(n.group !== undefined && { group: n.group }),
  params: n.type === 'unknown' ? n.params : finite(n.params),
  ...(n.sharedWith !== undefined && { sharedWith: n.sharedWith }),
  ...(n.weightSettings && { weightSettings: finite(n.weightSettings) }),
})

/** JSON has no NaN: a parameter with one is left out, and takes its default when the file is opened. */
const finite = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).filter(([, v]) =>
      typeof v === 'object' ? v.every(Number.isFinite) : typeof v !== 'number' || Number.isFinite(v),
    ),
  )
