import { applyEdit } from '#shared/graph/edits'
import type { Graph, GraphNode } from '#shared/graph/graph'
import { err, ok, type Result } from '#shared/result'
import { mayHaveWeights } from '#shared/training/weightForm'

/** `conv*` fits what begins with conv. */
const fits = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
      .join('.*')}$`,
  ).test(name)

const SHOWN = 24
/** Names of layers and of the groups around them, each once. */
function listNames(nodes: readonly { readonly names: readonly string[] }[]): string {
  const [layers, groups] = [nodes.flatMap(({ names }) => names[0] ?? []), nodes.flatMap(({ names }) => names.slice(2))]
  const all = [...new Set([...groups, ...layers])]
  return all.length > SHOWN ? `${all.slice(0, SHOWN).join(', ')}, …` : all.join(', ')
}

/**
 * Freezes the layers with weights that the patterns name: layers by name or id, or groups by name, which mean all layers in them. The
 * error says which pattern names none.
 */
export function freezeLayers(graph: Graph, patterns: readonly string[]): Result<Graph, string> {
  const groups = new Map(graph.groups.map((g) => [g.id, g]))
  const namesOf = (node: GraphNode): readonly string[] => {
    const names = [node.name, node.id]
    for (let group = groups.get(node.group ?? ''); group; group = groups.get(group.parent ?? '')) names.push(group.name)
    return names
  }
  const nodes = graph.nodes.filter(mayHaveWeights).map((node) => ({ id: node.id, names: namesOf(node) }))
  const chosen = new Set<string>()
  for (const pattern of patterns) {
    const found = nodes.filter(({ names }) => names.some((name) => fits(pattern, name)))
    if (found.length === 0) return err(`No layer with weights is called '${pattern}'. There are ${listNames(nodes)}.`)
    for (const { id } of found) chosen.add(id)
  }
  return ok(applyEdit(graph, { type: 'setWeightSettings', ids: [...chosen], settings: { trainable: false } }))
}
