import type { FieldValue } from '#shared/fields'
import { findNode, type Graph, type GraphNode } from '#shared/graph/graph'
import type { Inference } from '#shared/graph/infer'
import type { NodeResult } from '#shared/graph/nodeResult'
import { sameShape } from '#shared/layer'
import { weightSettingsOf } from '#shared/training/weightSettings'

export interface Side {
  readonly graph: Graph
  readonly inference: Inference
}
export interface Layer {
  readonly node: GraphNode
  readonly result: NodeResult
}
/** One line of the comparison: a layer that only one side has, or a pair. */
export interface Line {
  readonly mine: Layer | null
  readonly other: Layer | null
  readonly same: boolean
}

const layersOf = ({ graph, inference }: Side): readonly Layer[] =>
  inference.order().flatMap((id) => {
    const [node, result] = [findNode(graph, id), inference.node(id)]
    return node && result ? [{ node, result }] : []
  })

/** Everything about a layer that is set: its parameters, how its weights begin and move, whose weights it uses. */
const settingsOf = (node: GraphNode): Readonly<Record<string, FieldValue>> => ({
  ...(node.type === 'unknown' ? {} : node.params),
  ...weightSettingsOf(node),
  ...(node.sharedWith !== undefined && { sharedWith: node.sharedWith }),
})
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The settings of a layer that another of its kind has otherwise. */
export function otherSettings(mine: GraphNode, other: GraphNode): readonly (readonly [string, FieldValue])[] {
  const theirs = settingsOf(other)
  return Object.entries(settingsOf(mine)).filter(([name, value]) => !isSame(value, theirs[name]))
}

/** How much two layers have in common: nothing for different kinds. */
function likeness(a: Layer, b: Layer): number {
  if (a.node.type !== b.node.type) return 0
  const params = isSame(a.node.params, b.node.params) && isSame(settingsOf(a.node), settingsOf(b.node))
  const outputs = a.result.outputs.every((s, i) => sameShape(s, b.result.outputs[i] ?? null))
  return 1 + (params ? 1 : 0) + (outputs ? 1 : 0)
}

/** Pairs the layers of two networks, in the order of each, so that the pairs have as much as possible in common (alignment by Needleman and Wunsch). */
export function compare(mine: Side, other: Side): readonly Line[] {
  const [a, b] = [layersOf(mine), layersOf(other)]
  const width = b.length + 1
  const score = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number): number => score[i * width + j] ?? 0
  const like = (i: number, j: number): number => {
    const [x, y] = [a[i], b[j]]
    return x && y ? likeness(x, y) : 0
  }
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const pair = like(i, j)
      score[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), pair > 0 ? pair + at(i + 1, j + 1) : 0)
    }
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [x = null, y = null] = [a[i], b[j]]
    const pair = like(i, j)
    if (x && y && pair > 0 && at(i, j) === pair + at(i + 1, j + 1)) {
      lines.push({ mine: x, other: y, same: pair === 3 })
      i++
      j++
    } else if (x && (!y || at(i, j) === at(i + 1, j))) {
      lines.push({ mine: x, other: null, same: false })
      i++
    } else {
      lines.push({ mine: null, other: y, same: false })
      j++
    }
  }
  return lines
}
