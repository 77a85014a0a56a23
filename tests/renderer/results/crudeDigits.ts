import type { Stroke } from '../../../renderer/results/try/strokes'

/** An arc about a centre, in turns clockwise from the right. */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number, n = 14): Stroke {
  return Array.from({ length: n + 1 }, (_, i) => {
    const a = (from + ((to - from) * i) / n) * 2 * Math.PI
    return [cx + rx * Math.cos(a), cy + ry * Math.sin(a)] as const
  })
}
const line = (...points: readonly (readonly [number, number])[]): Stroke => points

/** Ten digits as somebody draws them quickly with a mouse, straight lines and arcs on a pad of 1 × 1. */
export const crudeDigits: readonly (readonly Stroke[])[] = [
  [arc(0.5, 0.5, 0.22, 0.35, -0.2, 0.82)],
  [line([0.38, 0.3], [0.52, 0.15], [0.52, 0.85])],
  [[...arc(0.48, 0.32, 0.2, 0.18, -0.5, 0.05), [0.28, 0.85]], line([0.28, 0.85], [0.74, 0.84])],
  [[...arc(0.45, 0.32, 0.2, 0.17, -0.42, 0.22), ...arc(0.45, 0.66, 0.23, 0.2, -0.22, 0.42)]],
  [line([0.55, 0.15], [0.24, 0.6], [0.78, 0.6]), line([0.6, 0.4], [0.6, 0.88])],
  [[[0.72, 0.15], [0.36, 0.15], [0.34, 0.45], ...arc(0.48, 0.63, 0.22, 0.22, -0.3, 0.38)]],
  [[[0.62, 0.12], [0.42, 0.35], ...arc(0.5, 0.66, 0.19, 0.2, -0.45, 0.6)]],
  [line([0.25, 0.17], [0.75, 0.17], [0.42, 0.87])],
  [[...arc(0.5, 0.31, 0.17, 0.16, 0.2, -0.8), ...arc(0.5, 0.67, 0.21, 0.2, -0.25, 0.75)]],
  [[...arc(0.5, 0.33, 0.19, 0.19, 0, 1), [0.68, 0.5], [0.62, 0.88]]],
]

/** The same digit written elsewhere on the pad, larger or smaller. */
export const placed = (strokes: readonly Stroke[], scale: number, x: number, y: number): readonly Stroke[] =>
  strokes.map((stroke) => stroke.map(([u, v]) => [x + u * scale, y + v * scale] as const))
