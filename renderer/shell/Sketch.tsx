import type { TemplateName } from '#templates/index'
import { portraitOf } from './portrait'

const [HEIGHT, LEAST] = [26, 4]

/** A network in a few strokes: one bar per layer in its category's colour, as high as the layer's map is large. */
export function Sketch({ name, width = 138 }: { readonly name: TemplateName; readonly width?: number }) {
  const { bars } = portraitOf(name)
  const step = width / Math.max(bars.length, 16)
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
      {bars.map(({ color, size }, i) => {
        const height = LEAST + size * (HEIGHT - LEAST)
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed drawing
            key={i}
            x={i * step}
            y={(HEIGHT - height) / 2}
            width={Math.max(step - 1.5, 1)}
            height={height}
            rx={1}
            fill={color}
          />
        )
      })}
    </svg>
  )
}
