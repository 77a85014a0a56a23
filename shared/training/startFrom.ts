import type { Graph } from '../graph/graph'
import { infer } from '../graph/infer'
import { isKnown } from '../layer'

/** How many of a network's weights another network has too, under the same name and of the same shape. */
export interface FittingWeights {
  readonly taken: number
  readonly all: number
}

/** The sizes of all weights by their canonical names, `<node id>/<name within the layer>`. Those that are shared count once. */
function weightShapes(graph: Graph): ReadonlyMap<string, string> {
  const inference = infer(graph)
  return new Map(
    graph.nodes
      .filter((node) => node.sharedWith === undefined)
      .flatMap(({ id }) =>
        (inference.node(id)?.weights ?? [])
          .filter(({ shape }) => isKnown(shape))
          .map(({ name, shape }) => [`${id}/${name}`, shape.join('×')] as const),
      ),
  )
}

/** What training `graph` would take from a run of `other`, as the trainer takes it. */
export function fittingWeights(graph: Graph, other: Graph): FittingWeights {
  const [own, theirs] = [weightShapes(graph), weightShapes(other)]
  const taken = [...own].filter(([name, shape]) => theirs.get(name) === shape).length
  return { taken, all: own.size }
}
