import { createRandom, type Random } from '#shared/training/random'
import { type DataSet, inMemory } from './dataSet'
import { digitShapes, type Stroke } from './digitShapes'

const SIDE = 28
const COUNT = 6000
/** The pictures are always the same ones; a run's seed decides how they are split and ordered. */
const SEED = 2026

/** The built-in digits: drawn from strokes, each sample written, slanted, bent and inked in its own way. */
export function digits(): DataSet {
  const random = createRandom(SEED)
  const values = new Float32Array(COUNT * SIDE * SIDE)
  const classes = new Uint16Array(COUNT)
  for (let i = 0; i < COUNT; i++) {
    classes[i] = i % 10
    drawDigit(i % 10, random, values.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE))
  }
  return inMemory(values, classes, {
    spec: 'digits',
    inputShape: [SIDE, SIDE, 1],
    labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    targetSize: 10,
    range: [0, 1],
    preprocessing: 'Grey values from 0 (paper) to 1 (ink).',
    problems: [],
  })
}

/** One picture: a way of writing, wobbling points, a random affine map and a smooth bend, drawn with a pen of random width. */
function drawDigit(digit: number, random: Random, to: Float32Array): void {
  const ways = digitShapes[digit] ?? []
  const strokes = ways[random.below(ways.length)] ?? []
  const angle = random.normal() * 0.15
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const shear = random.normal() * 0.17
  const size = random.uniform(0.6, 0.84) * SIDE
  const [sx, sy] = [size * random.uniform(0.65, 1), size * random.uniform(0.9, 1.05)]
  const [cx, cy] = [SIDE / 2 + random.uniform(-1.9, 1.9), SIDE / 2 + random.uniform(-1.9, 1.9)]
  const waves = Array.from({ length: 2 }, () => ({
    amount: random.uniform(0, 0.07),
    fx: random.uniform(2, 7),
    fy: random.uniform(2, 7),
    phase: random.uniform(0, 2 * Math.PI),
  }))
  const wobble = 0.026
  const place = ([x, y]: readonly [number, number]): [number, number] => {
    const bend = waves.map((w) => w.amount * Math.sin(w.fx * x + w.fy * y + w.phase))
    const u = x - 0.5 + (bend[0] ?? 0) + random.normal() * wobble
    const v = y - 0.5 + (bend[1] ?? 0) + random.normal() * wobble
    const [du, dv] = [(u + shear * v) * sx, v * sy]
    return [cx + cos * du - sin * dv, cy + sin * du + cos * dv]
  }
  const radius = random.uniform(0.55, 1.75)
  const ink = random.uniform(0.65, 1)
  for (const stroke of strokes) drawCurve(smooth(stroke.map(place)), radius, ink, to)
  const noise = random.uniform(0, 0.12)
  for (let i = 0; i < to.length; i++) {
    const grey = (to[i] ?? 0) + noise * random.normal()
    // Eight bits a pixel, as scanners give.
    to[i] = Math.round(Math.min(Math.max(grey, 0), 1) * 255) / 255
  }
}

/** A Catmull–Rom curve through the points. */
function smooth(points: Stroke): Stroke {
  if (points.length < 3) return points
  const at = (i: number) => points[Math.min(Math.max(i, 0), points.length - 1)] ?? [0, 0]
  const out: [number, number][] = []
  const steps = 3
  for (let i = 0; i < points.length - 1; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)]
    for (let s = 0; s < steps; s++) {
      const t = s / steps
      const curve = (k: 0 | 1) =>
        0.5 *
        (2 * b[k] +
          (c[k] - a[k]) * t +
          (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t +
          (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t * t * t)
      out.push([curve(0), curve(1)])
    }
  }
  out.push([...at(points.length - 1)])
  return out
}

/** Inks the pixels within `radius` of the curve, with a soft edge one pixel wide. */
function drawCurve(points: Stroke, radius: number, ink: number, to: Float32Array): void {
  const reach = radius + 1
  const edge = (radius + 0.5) ** 2
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i - 1] ?? [0, 0], points[i] ?? [0, 0]]
    const [dx, dy] = [bx - ax, by - ay]
    const length = dx * dx + dy * dy
    const left = Math.max(Math.floor(Math.min(ax, bx) - reach), 0)
    const right = Math.min(Math.ceil(Math.max(ax, bx) + reach), SIDE - 1)
    const bottom = Math.min(Math.ceil(Math.max(ay, by) + reach), SIDE - 1)
    for (let y = Math.max(Math.floor(Math.min(ay, by) - reach), 0); y <= bottom; y++)
      for (let x = left; x <= right; x++) {
        const t = length > 0 ? Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1) : 0
        const [u, v] = [x - ax - t * dx, y - ay - t * dy]
        const squared = u * u + v * v
        if (squared >= edge) continue
        const grey = ink * Math.min(radius + 0.5 - Math.sqrt(squared), 1)
        const at = y * SIDE + x
        if (grey > (to[at] ?? 0)) to[at] = grey
      }
  }
}
