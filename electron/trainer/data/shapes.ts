import { createRandom, type Random } from '#shared/training/random'
import { type DataSet, inMemory } from './dataSet'

const SIDE = 32
const COUNT = 4000
/** The pictures are always the same ones; a run's seed decides how they are split and ordered. */
const SEED = 1905

/** Is a point inside? The figure fills the circle of radius 1 around 0. */
type Figure = (x: number, y: number) => boolean

/** A regular star: the radius swings between 1 and `inner` as the angle goes round. */
const star =
  (points: number, inner: number): Figure =>
  (x, y) => {
    const turn = (Math.atan2(y, x) / (2 * Math.PI)) * points
    const across = Math.abs(turn - Math.round(turn)) * 2
    return far(x, y) < 1 - (1 - inner) * across
  }

/** Much quicker than `Math.hypot`, which guards against numbers that do not occur here. */
const far = (x: number, y: number): number => Math.sqrt(x * x + y * y)

const figures = {
  circle: (x, y) => far(x, y) < 0.85,
  ring: (x, y) => far(x, y) < 0.9 && far(x, y) > 0.5,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.72,
  triangle: (x, y) => y < 0.55 && y > Math.abs(x) * 1.73 - 0.95,
  cross: (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.25 && Math.max(Math.abs(x), Math.abs(y)) < 0.9,
  star: star(5, 0.35),
  bar: (x, y) => Math.abs(x) < 0.95 && Math.abs(y) < 0.27,
  crescent: (x, y) => far(x, y) < 0.9 && far(x - 0.42, y) > 0.72,
  heart: (x, y) => (x * x + y * y - 0.42) ** 3 < 1.3 * x * x * -y * y * y && far(x, y) < 1,
  arrow: (x, y) => (x > 0.05 ? Math.abs(y) < 0.72 * (0.95 - x) : x > -0.9 && Math.abs(y) < 0.2),
} as const satisfies Record<string, Figure>
const names = Object.keys(figures) as (keyof typeof figures)[]

/** The built-in shapes: one coloured figure on a coloured ground, turned, moved, scaled and with noise. The colour tells nothing. */
export function shapes(): DataSet {
  const random = createRandom(SEED)
  const width = SIDE * SIDE * 3
  const values = new Float32Array(COUNT * width)
  const classes = Uint16Array.from({ length: COUNT }, (_, i) => i % names.length)
  classes.forEach((c, i) => {
    draw(figures[names[c] ?? 'circle'], random, values.subarray(i * width, (i + 1) * width))
  })
  return inMemory(values, classes, {
    spec: 'shapes',
    inputShape: [SIDE, SIDE, 3],
    labels: names,
    targetSize: names.length,
    range: [0, 1],
    preprocessing: 'Red, green and blue from 0 to 1.',
    problems: [],
  })
}

/** Three uniform numbers added: deviation 1, and far quicker than a normal one. There are twelve million. */
const nearlyNormal = (random: Random): number => 2 * (random.next() + random.next() + random.next()) - 3

function draw(figure: Figure, random: Random, to: Float32Array): void {
  const colour = () => [random.next(), random.next(), random.next()]
  const ground = colour()
  let ink = colour()
  // Too alike to be seen: drawn anew.
  while (ink.reduce((sum, v, i) => sum + Math.abs(v - (ground[i] ?? 0)), 0) < 0.7) ink = colour()
  const [angle, radius] = [random.uniform(0, 2 * Math.PI), random.uniform(6.5, 13)]
  const [cx, cy] = [SIDE / 2 + random.uniform(-3, 3), SIDE / 2 + random.uniform(-3, 3)]
  const [cos, sin, noise] = [Math.cos(angle) / radius, Math.sin(angle) / radius, random.uniform(0, 0.08)]
  for (let y = 0, at = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      // Four points per pixel give soft edges.
      let covered = 0
      const [left, top] = [x + 0.25 - cx, y + 0.25 - cy]
      if (far(left, top) < radius + 1)
        for (let point = 0; point < 4; point++) {
          const [u, v] = [left + (point & 1) / 2, top + (point >> 1) / 2]
          if (figure(cos * u + sin * v, cos * v - sin * u)) covered += 0.25
        }
      for (let c = 0; c < 3; c++, at++) {
        const value = (ground[c] ?? 0) + covered * ((ink[c] ?? 0) - (ground[c] ?? 0)) + noise * nearlyNormal(random)
        to[at] = Math.min(Math.max(value, 0), 1)
      }
    }
}
