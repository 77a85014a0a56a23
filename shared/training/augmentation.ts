import { choice, float, type ParamsOf } from '../fields'
import type { Random } from './random'

const flips = ['none', 'horizontal', 'vertical', 'both'] as const
export type FlipMode = (typeof flips)[number]
const none = { default: 0, min: 0 }

/** Random changes of the pictures that a network is trained on: every epoch sees other versions of them. */
export const augmentationFields = {
  flip: choice({
    default: 'none',
    options: flips,
    help: 'Mirrors every second picture: left and right, top and bottom, or each of the two.',
  }),
  shift: float({
    ...none,
    max: 0.5,
    help: 'Largest shift as a share of height and width, in whole pixels; the edge fills what becomes free.',
  }),
  crop: float({
    ...none,
    max: 0.9,
    help: 'Largest share of the sides that is cut off; what is left is stretched to the full size.',
  }),
  rotation: float({ ...none, max: 180, help: 'Largest turn to either side, in degrees; the edge fills the corners.' }),
  brightness: float({ ...none, max: 1, help: 'Largest change to either side, as a share of the range of values.' }),
  contrast: float({ ...none, max: 1, help: 'Largest change of all differences from the mean, as a share of them.' }),
  noise: float({ ...none, max: 1, help: 'Standard deviation of added noise, as a share of the range of values.' }),
} as const

export type Augmentation = ParamsOf<typeof augmentationFields>

/** Only these of more settings. */
export const augmentationOf = (settings: Augmentation): Augmentation => {
  const { flip, shift, crop, rotation, brightness, contrast, noise } = settings
  return { flip, shift, crop, rotation, brightness, contrast, noise }
}

export const isAugmented = (a: Augmentation): boolean =>
  a.flip !== 'none' || a.shift + a.crop + a.rotation + a.brightness + a.contrast + a.noise > 0

/** Height × width × channels, at least two pixels each way: what can be turned and mirrored. */
export const isImage = (shape: readonly number[]): boolean =>
  shape.length === 3 && shape.slice(0, 2).every((side) => side > 1)

/**
 * Writes a changed version of an image of `shape` (height × width × channels) to `to`; all values stay within `range`. What is drawn does not
 * depend on which settings are in use, so that switching one on leaves the others as they were.
 */
export function augment(
  image: Float32Array,
  to: Float32Array,
  shape: readonly number[],
  range: readonly [number, number],
  settings: Augmentation,
  random: Random,
): void {
  const map = drawMap(shape, settings, random)
  const brightness = random.uniform(-1, 1) * settings.brightness
  const contrast = 1 + random.uniform(-1, 1) * settings.contrast
  resample(image, to, shape, map)
  const { noise } = settings
  if (brightness === 0 && contrast === 1 && noise === 0) return
  const [low, high] = range
  const span = high - low
  const mean = to.reduce((a, b) => a + b, 0) / to.length
  for (let i = 0; i < to.length; i++) {
    const added = noise === 0 ? 0 : noise * span * random.normal()
    const value = mean + ((to[i] ?? 0) - mean) * contrast + brightness * span + added
    to[i] = Math.min(Math.max(value, low), high)
  }
}

/** Where a pixel (row, column) is taken from: row = y0 + yy·row + yx·column, and so on. */
export interface AffineMap {
  readonly y: readonly [constant: number, row: number, column: number]
  readonly x: readonly [constant: number, row: number, column: number]
}

/** Shift, flip, rotation about the middle, crop, as one map from the pixels of the result to those of the image. */
function drawMap([height = 1, width = 1]: readonly number[], s: Augmentation, random: Random): AffineMap {
  const mirror = (axis: 'horizontal' | 'vertical') =>
    random.next() < 0.5 && (s.flip === axis || s.flip === 'both') ? -1 : 1
  const [mx, my] = [mirror('horizontal'), mirror('vertical')]
  const shift = (side: number) => Math.round(random.uniform(-1, 1) * Math.round(s.shift * side)) + 0
  const [dy, dx] = [shift(height), shift(width)]
  const angle = (random.uniform(-1, 1) * s.rotation * Math.PI) / 180
  const size = 1 - random.next() * s.crop
  const offset = (side: number) => random.uniform(-0.5, 0.5) * (1 - size) * side
  const [oy, ox] = [offset(height), offset(width)]
  const [cos, sin] = [size * Math.cos(angle), size * Math.sin(angle)]
  // A pixel's place from the middle: v = my·(row − dy − cy), u = mx·(column − dx − cx); turned by the angle.
  const [cy, cx] = [(height - 1) / 2, (width - 1) / 2]
  const [v0, u0] = [-my * (dy + cy), -mx * (dx + cx)]
  return {
    y: [cy + oy + cos * v0 - sin * u0, cos * my, -sin * mx],
    x: [cx + ox + cos * u0 + sin * v0, sin * my, cos * mx],
  }
}

/** Bilinear; beyond the edge the edge goes on. */
export function resample(image: Float32Array, to: Float32Array, shape: readonly number[], { y, x }: AffineMap): void {
  const [height = 1, width = 1, channels = 1] = shape
  const [bottom, right, line] = [height - 1, width - 1, width * channels]
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++, at += channels) {
      const sy = Math.min(Math.max(y[0] + y[1] * row + y[2] * column, 0), bottom)
      const sx = Math.min(Math.max(x[0] + x[1] * row + x[2] * column, 0), right)
      const [top, left] = [Math.floor(sy), Math.floor(sx)]
      const [fy, fx] = [sy - top, sx - left]
      const from = top * line + left * channels
      const down = top < bottom ? line : 0
      const across = left < right ? channels : 0
      for (let c = from, k = at; k < at + channels; c++, k++) {
        const above = (image[c] ?? 0) * (1 - fx) + (image[c + across] ?? 0) * fx
        const below = (image[c + down] ?? 0) * (1 - fx) + (image[c + down + across] ?? 0) * fx
        to[k] = above * (1 - fy) + below * fy
      }
    }
}
