import type { FieldValue } from '#shared/fields'
import { parseFieldText } from '#shared/fieldText'
import { applyEdit } from '#shared/graph/edits'
import type { Graph, GraphNode } from '#shared/graph/graph'
import { layers } from '#shared/layers/index'
import { err, ok, type Result } from '#shared/result'

/** Gives the network another input size. */
export function resizeInput(graph: Graph, shape: string): Result<Graph, string> {
  const inputs = graph.nodes.filter((n) => n.type === 'input')
  const [input] = inputs
  if (!input || inputs.length > 1)
    return err(`--input needs a network with one input layer. This one has ${inputs.length}.`)
  return change(graph, input, 'shape', '--input', shape)
}

/** Gives every output of the network another number of classes: the last dense or convolution layer on the way to it. */
export function resizeClasses(graph: Graph, classes: string): Result<Graph, string> {
  const sources = new Set(graph.edges.map((e) => e.source))
  const feeds = new Map(graph.edges.map((e) => [e.target, e.source]))
  const nodes = new Map(graph.nodes.map((n) => [n.id, n]))
  let resized = graph
  for (const end of graph.nodes.filter((n) => !sources.has(n.id))) {
    const passed = new Set<string>()
    let node: GraphNode | undefined = end
    while (node && !passed.has(node.id) && classesField(node) === undefined) {
      passed.add(node.id)
      node = nodes.get(feeds.get(node.id) ?? '')
    }
    const field = node && classesField(node)
    if (!node || field === undefined) return err(`--classes found no dense or convolution layer before ${end.id}.`)
    const result = change(resized, node, field, '--classes', classes)
    if (!result.ok) return result
    resized = result.value
  }
  return ok(resized)
}

const classesField = (n: GraphNode): string | undefined =>
  n.type === 'dense' ? 'units' : n.type === 'conv2d' ? 'filters' : undefined

function change(graph: Graph, node: GraphNode, name: string, option: string, text: string): Result<Graph, string> {
  const field = node.type === 'unknown' ? undefined : layers[node.type].fields[name]
  if (!field) return ok(graph)
  const value = parseFieldText(option, field, text)
  if (!value.ok) return value
  const params: Record<string, FieldValue> = { [name]: value.value }
  return ok(applyEdit(graph, { type: 'setParams', id: node.id, params }))
}
