import type { GraphNode } from '#shared/graph/graph'
import { parseProject } from '#shared/project/parse'
import { type Trouble, troublesOf } from '#shared/training/health'
import type { StatisticsEvent } from '#shared/training/run'
import type { Run } from '../../runs/run'
import type { Curves } from '../curves/curves'

type Nodes = ReadonlyMap<string, GraphNode>
const parsed = new WeakMap<Curves, Nodes>()

/** The layers of a run's network as they were trained, by id. Read once: the curves stand for the run. */
export function runNodes({ project, curves }: Run): Nodes {
  if (project === null) return noNodes
  const known = parsed.get(curves)
  if (known) return known
  const read = parseProject(project)
  const nodes = new Map(read.ok ? [...read.value.graph.nodes].map((n) => [n.id, n] as const) : [])
  parsed.set(curves, nodes)
  return nodes
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
