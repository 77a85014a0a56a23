/** A point of the drawing pad: 0…1 to the right and down. */
export type Point = readonly [number, number]
export type Stroke = readonly Point[]

/** A picture of ink on paper: one byte per pixel, row by row; 0 is paper, 255 ink. */
export interface Ink {
  readonly height: number
  readonly width: number
  readonly pixels: Uint8Array
}

/**
 * Handwritten digits as data sets have them are written into a box of 20 pixels within 28, about their centre of mass, with a pen of about
 * 2 pixels (MNIST: LeCun, Cortes and Burges, http://yann.lecun.com/exdb/mnist/).
 */
const BOX = 20 / 28
const PEN = 1.15 / 28
/** A dot is not blown up to the size of a digit. */
const LEAST = 0.25

/**
 * Draws strokes into a picture of `height` × `width`. `fit`: brings them to the size and place that digits have in data sets, so that it
 * does not matter how large and where somebody draws; else the pad lies as a square over the middle of the picture.
 */
export function drawStrokes(strokes: readonly Stroke[], height: number, width: number, fit: boolean): Ink {
  const side = Math.min(height, width)
  const pen = PEN * side
  const place = fit ? fitted(strokes, height, width, side, pen) : laid(height, width, side)
  const pixels = new Uint8Array(height * width)
  for (const stroke of strokes) {
    const points = stroke.map(place)
    const [first] = points
    // A tap is a stroke of one point.
    if (first && points.length === 1) inkLine(first, first, pen, height, width, pixels)
    for (let i = 1; i < points.length; i++)
      inkLine(points[i - 1] ?? [0, 0], points[i] ?? [0, 0], pen, height, width, pixels)
  }
  return { height, width, pixels }
}

type Place = (point: Point) => Point

const laid =
  (height: number, width: number, side: number): Place =>
  ([x, y]) => [(width - side) / 2 + x * side - 0.5, (height - side) / 2 + y * side - 0.5]

function fitted(strokes: readonly Stroke[], height: number, width: number, side: number, pen: number): Place {
  const points = strokes.flat()
  const range = (k: 0 | 1) => {
    const all = points.map((p) => p[k])
    return Math.max(...all) - Math.min(...all)
  }
  const scale = (BOX * side - 2 * pen) / Math.max(range(0), range(1), LEAST)
  const [cx, cy] = centreOfMass(strokes)
  return ([x, y]) => [(width - 1) / 2 + (x - cx) * scale, (height - 1) / 2 + (y - cy) * scale]
}

/** Of the ink: a long line weighs more than a short one. */
function centreOfMass(strokes: readonly Stroke[]): Point {
  let [sx, sy, total] = [0, 0, 0]
  for (const stroke of strokes)
    for (let i = 0; i < stroke.length; i++) {
      const [[ax, ay], [bx, by]] = [stroke[Math.max(i - 1, 0)] ?? [0, 0], stroke[i] ?? [0, 0]]
      const weight = Math.hypot(bx - ax, by - ay) + 1e-6
      sx += (weight * (ax + bx)) / 2
      sy += (weight * (ay + by)) / 2
      total += weight
    }
  return [sx / total, sy / total]
}

/** Inks the pixels within `pen` of a line, with a soft edge one pixel wide. */
function inkLine([ax, ay]: Point, [bx, by]: Point, pen: number, height: number, width: number, to: Uint8Array): void {
  const reach = pen + 1
  const [dx, dy] = [bx - ax, by - ay]
  const length = dx * dx + dy * dy
  const [left, right] = [
    Math.max(Math.floor(Math.min(ax, bx) - reach), 0),
    Math.min(Math.ceil(Math.max(ax, bx) + reach), width - 1),
  ]
  const [top, bottom] = [
    Math.max(Math.floor(Math.min(ay, by) - reach), 0),
    Math.min(Math.ceil(Math.max(ay, by) + reach), height - 1),
  ]
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const t = length > 0 ? Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1) : 0
      const distance = Math.hypot(x - ax - t * dx, y - ay - t * dy)
      const ink = Math.round(255 * Math.min(Math.max(pen + 0.5 - distance, 0), 1))
      const at = y * width + x
      if (ink > (to[at] ?? 0)) to[at] = ink
    }
}
