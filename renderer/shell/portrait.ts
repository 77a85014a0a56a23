import { defaultsOf } from '#shared/fields'
import { infer } from '#shared/graph/infer'
import { layers } from '#shared/layers/index'
import { type TemplateName, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { categoryColor } from '../theme/icons'

export interface Portrait {
  readonly params: number
  readonly macs: number
  /** One per layer, or per few layers of a deep network: its category's colour, and the size of its map, 0…1. */
  readonly bars: readonly { readonly color: string; readonly size: number }[]
}

const BARS = 40
const known = new Map<TemplateName, Portrait>()

/** What the gallery shows of a template as it opens; drawn and inferred once. */
export function portraitOf(name: TemplateName): Portrait {
  const found = known.get(name)
  if (found) return found
  const graph = drawTemplate(templates[name], defaultsOf(templates[name].fields))
  const inference = infer(graph)
  const every = Math.max(1, Math.ceil(graph.nodes.length / BARS))
  const bars = graph.nodes.flatMap((n, i) => {
    if (n.type === 'unknown' || i % every !== 0) return []
    const output = inference.node(n.id)?.outputs[0]
    const side = output && output.length > 1 ? (output[0] ?? 1) : 1
    return { color: categoryColor(layers[n.type].category), size: Math.min(Math.log2(side) / 8, 1) }
  })
  const portrait = { params: inference.totals.params.total, macs: inference.totals.macs, bars }
  known.set(name, portrait)
  return portrait
}
