import { customLayer, pair, reshapeTo, type TfjsLayer, tfLayer } from './tfjs'

/**
 * Padding and padded pooling over one, two or three axes, said with what tfjs has for two: other axes are folded away by reshaping. `x` is
 * the shape that arrives, `padding` has `[before, after]` per axis.
 */
type Sizes = readonly number[]

const zeroPadding2d = ([top = 0, bottom = 0, left = 0, right = 0]: Sizes): TfjsLayer =>
  tfLayer('zeroPadding2d', {
    padding: [
      [top, bottom],
      [left, right],
    ],
  })

export function zeroPadding(padding: Sizes, x: Sizes): readonly TfjsLayer[] {
  const [n = 1, h = 1, w = 1, c = 1] = x
  const [b0 = 0, a0 = 0, b1 = 0, a1 = 0, b2 = 0, a2 = 0] = padding
  switch (padding.length / 2) {
    case 1:
      return [reshapeTo(n, 1, h), zeroPadding2d(padding), reshapeTo(n + b0 + a0, h)]
    case 2:
      return [zeroPadding2d(padding)]
    default:
      return [
        reshapeTo(n * h, w, c),
        zeroPadding2d([0, 0, b2, a2]),
        reshapeTo(n, h, (w + b2 + a2) * c),
        zeroPadding2d([b0, a0, b1, a1]),
        reshapeTo(n + b0 + a0, h + b1 + a1, w + b2 + a2, c),
      ]
  }
}

interface Pool {
  readonly poolSize: Sizes
  readonly strides: Sizes
}

const paddedPool2d = (op: 'max' | 'average', { poolSize, strides }: Pool, padding: Sizes): TfjsLayer =>
  customLayer('paddedPool2d', { op, poolSize: pair(poolSize), strides: pair(strides), padding })

/** Max and mean over a box are those over its last axis followed by those over the first two. `y` is the shape that comes out. */
export function paddedPool(op: 'max' | 'average', p: Pool, padding: Sizes, x: Sizes, y: Sizes): readonly TfjsLayer[] {
  const [n = 1, h = 1, w = 1, c = 1] = x
  const { poolSize, strides } = p
  switch (poolSize.length) {
    case 1:
      return [reshapeTo(n, 1, h), paddedPool2d(op, p, [...padding, 0, 0]), reshapeTo(...y)]
    case 2:
      return [paddedPool2d(op, p, padding)]
    default:
      return [
        reshapeTo(n * h, w, c),
        paddedPool2d(op, { poolSize: [1, poolSize[2] ?? 1], strides: [1, strides[2] ?? 1] }, [
          0,
          0,
          ...padding.slice(4),
        ]),
        reshapeTo(n, h, (y[2] ?? 1) * c),
        paddedPool2d(op, p, padding.slice(0, 4)),
        reshapeTo(...y),
      ]
  }
}
