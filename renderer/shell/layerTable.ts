import type { TFunction } from 'i18next'
import { findNode, type Graph, type GraphNode } from '#shared/graph/graph'
import type { Inference } from '#shared/graph/infer'
import { showShape } from '#shared/layer'
import { layers } from '#shared/layers/index'
import { layerLabel, nodeName, translateWords } from '../i18n/names'

/** The network as a table for a report: a line per layer along the wires, then the sums. Tabs between cells, as spreadsheets and word processors take them. */
export function layerTable(graph: Graph, inference: Inference, t: TFunction): string {
  const head = (['layer', 'kind', 'settings', 'output', 'params', 'macs'] as const).map((k) => t(`app.table.${k}`))
  const rows = inference.order().flatMap((id) => {
    const [node, result] = [findNode(graph, id), inference.node(id)]
    if (!node || !result) return []
    const sizes = result.outputs.map(showShape).join(', ')
    return [[nodeName(node), ...aboutOf(node), sizes, result.totals.params.total, result.totals.macs]]
  })
  const { params, macs } = inference.totals
  return [head, ...rows, [t('app.table.total'), '', '', '', params.total, macs]]
    .map((row) => row.map((cell) => String(cell).replace(/\s+/g, ' ')).join('\t'))
    .join('\n')
}

/** What kind of layer it is, and what matters of its parameters. */
const aboutOf = (node: GraphNode): readonly [string, string] =>
  node.type === 'unknown'
    ? [node.originalType, '']
    : [layerLabel(node.type), translateWords(layers[node.type].digest?.(node.params) ?? '')]
