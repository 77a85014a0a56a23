import { useMemo } from 'react'
import { defaultsOf } from '#shared/fields'
import { infer } from '#shared/graph/infer'
import { layers } from '#shared/layers/index'
import { type TemplateName, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { categoryColor } from '../theme/icons'

const BARS = 40
const [WIDTH, HEIGHT] = [138, 26]

/** A network in a few strokes: one bar per layer in its category's colour, as high as the layer's map is large. */
export function Sketch({ name }: { readonly name: TemplateName }) {
  const bars = useMemo(() => barsOf(name), [name])
  const step = WIDTH / Math.max(bars.length, 16)
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {bars.map((b, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed drawing
          key={i}
          x={i * step}
          y={(HEIGHT - b.height) / 2}
          width={Math.max(step - 1.5, 1)}
          height={b.height}
          rx={1}
          fill={b.color}
        />
      ))}
    </svg>
  )
}

function barsOf(name: TemplateName) {
  const template = templates[name]
  const graph = drawTemplate(template, defaultsOf(template.fields))
  const inference = infer(graph)
  const every = Math.max(1, Math.ceil(graph.nodes.length / BARS))
  return graph.nodes.flatMap((n, i) => {
    if (n.type === 'unknown' || i % every !== 0) return []
    const output = inference.node(n.id)?.outputs[0]
    const side = output && output.length > 1 ? (output[0] ?? 1) : 1
    return { color: categoryColor(layers[n.type].category), height: Math.min(4 + 2.8 * Math.log2(side), HEIGHT) }
  })
}
