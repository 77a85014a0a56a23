import type { Planes } from '#shared/training/try'
import { floatsOf } from './base64'

/** Small pictures are enlarged to about this side, large ones reduced to it. In pixels of the screen. */
const LEAST = 56
const MOST = 112
const GAP = 4

/** Where the planes lie on a canvas: in rows, from the left. */
export interface Layout {
  readonly columns: number
  readonly rows: number
  readonly tile: { readonly width: number; readonly height: number }
  readonly width: number
  readonly height: number
}

/** A value of a plane. */
export interface Spot {
  readonly plane: number
  readonly row: number
  readonly column: number
}

/** Planes with their numbers at hand. */
export interface Pictures extends Omit<Planes, 'values'> {
  readonly values: Float32Array
  /** How many of them are here. */
  readonly shown: number
}

export function unpack(planes: Planes): Pictures {
  const values = floatsOf(planes.values)
  const area = planes.height * planes.width * planes.channels
  return { ...planes, values, shown: area === 0 ? 0 : Math.floor(values.length / area) }
}

export function layOut({ height, width, shown }: Pictures, room: number): Layout {
  const longest = Math.max(height, width)
  const scale = longest < LEAST ? Math.max(Math.round(LEAST / longest), 1) : Math.min(MOST / longest, 1)
  // A sequence of many steps is a long strip: it stays as wide as a pixel at least.
  const tile = { width: Math.max(Math.round(width * scale), 4), height: Math.max(Math.round(height * scale), 4) }
  const columns = Math.max(Math.min(Math.floor((room + GAP) / (tile.width + GAP)), shown), 1)
  const rows = Math.ceil(shown / columns)
  return { columns, rows, tile, width: columns * (tile.width + GAP) - GAP, height: rows * (tile.height + GAP) - GAP }
}

/** The place of a plane on the canvas, its upper left corner. */
export const cornerOf = (layout: Layout, plane: number): readonly [number, number] => [
  (plane % layout.columns) * (layout.tile.width + GAP),
  Math.floor(plane / layout.columns) * (layout.tile.height + GAP),
]

/** The value under a point of the canvas; null in the gaps. */
export function spotAt({ height, width, shown }: Pictures, layout: Layout, x: number, y: number): Spot | null {
  const { tile, columns } = layout
  const [column, row] = [Math.floor(x / (tile.width + GAP)), Math.floor(y / (tile.height + GAP))]
  const plane = row * columns + column
  const [inX, inY] = [x - column * (tile.width + GAP), y - row * (tile.height + GAP)]
  if (x < 0 || y < 0 || column >= columns || plane >= shown || inX >= tile.width || inY >= tile.height) return null
  return { plane, row: Math.floor((inY / tile.height) * height), column: Math.floor((inX / tile.width) * width) }
}

/** One value, or three of a coloured picture. */
export function valuesAt(
  { height, width, channels, values }: Pictures,
  { plane, row, column }: Spot,
): readonly number[] {
  const at = ((plane * height + row) * width + column) * channels
  return Array.from(values.subarray(at, at + channels))
}

/** The pixels of a plane, its least value black and its greatest white. What is no number is red. */
export function pixelsOf({ height, width, channels, values }: Pictures, plane: number): ImageData {
  const from = plane * height * width * channels
  const own = values.subarray(from, from + height * width * channels)
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const v of own)
    if (Number.isFinite(v)) {
      low = Math.min(low, v)
      high = Math.max(high, v)
    }
  const image = new ImageData(width, height)
  for (let i = 0; i < height * width; i++)
    for (let c = 0; c < 4; c++) {
      const v = own[i * channels + (channels === 3 ? Math.min(c, 2) : 0)] ?? 0
      const shade = high > low ? (255 * (v - low)) / (high - low) : 0
      image.data[i * 4 + c] = c === 3 ? 255 : Number.isFinite(v) ? shade : c === 0 ? 220 : 0
    }
  return image
}
