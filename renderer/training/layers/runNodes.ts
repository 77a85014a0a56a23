import type { GraphNode } from '#shared/graph/graph'
import { parseProject } from '#shared/project/parse'
import { type Trouble, troublesOf } from '#shared/training/health'
import type { StatisticsEvent } from '#shared/training/run'
import type { Run } from '../../runs/run'

type Nodes = ReadonlyMap<string, GraphNode>
let last: { readonly project: string; readonly nodes: Nodes } | null = null

/** The layers of a run's network as they were trained, by id. Of the run looked at last they are kept. */
export function runNodes({ project }: Run): Nodes {
  if (project === null) return noNodes
  if (last?.project !== project) {
    const parsed = parseProject(project)
    const nodes = parsed.ok ? [...parsed.value.graph.nodes].map((n) => [n.id, n] as const) : []
    last = { project, nodes: new Map(nodes) }
  }
  return last.nodes
}
const noNodes: Nodes = new Map()

/** Does a layer of the document compute what that of the run did? Its name and its place do not matter. */
export const isSameLayer = (a: GraphNode, b: GraphNode | undefined): boolean =>
  b !== undefined &&
  a.type === b.type &&
  (a.params === b.params || JSON.stringify(a.params) === JSON.stringify(b.params))

type Troubles = ReadonlyMap<string, readonly Trouble[]>
const judged = new WeakMap<StatisticsEvent, Troubles>()

/** What is wrong with a run's layers, by id, as they were seen last. */
export function troublesIn({ statistics }: Run): Troubles {
  if (!statistics) return noTroubles
  const known = judged.get(statistics)
  if (known) return known
  const troubles = troublesOf(statistics.layers)
  judged.set(statistics, troubles)
  return troubles
}
const noTroubles: Troubles = new Map()
