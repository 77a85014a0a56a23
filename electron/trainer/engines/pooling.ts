import type * as tf from '@tensorflow/tfjs'

/** A pooling over three axes; two axes are a depth of 1. Each list is depth, height, width. */
export interface Pooling {
  readonly batch: number
  readonly channels: number
  readonly input: readonly [number, number, number]
  readonly output: readonly [number, number, number]
  readonly window: readonly [number, number, number]
  readonly strides: readonly [number, number, number]
  readonly before: readonly [number, number, number]
}

export const pooling2d = (i: tf.backend_util.Conv2DInfo): Pooling => ({
  batch: i.batchSize,
  channels: i.inChannels,
  input: [1, i.inHeight, i.inWidth],
  output: [1, i.outHeight, i.outWidth],
  window: [1, i.filterHeight, i.filterWidth],
  strides: [1, i.strideHeight, i.strideWidth],
  before: [0, i.padInfo.top, i.padInfo.left],
})
export const pooling3d = (i: tf.backend_util.Conv3DInfo): Pooling => ({
  batch: i.batchSize,
  channels: i.inChannels,
  input: [i.inDepth, i.inHeight, i.inWidth],
  output: [i.outDepth, i.outHeight, i.outWidth],
  window: [i.filterDepth, i.filterHeight, i.filterWidth],
  strides: [i.strideDepth, i.strideHeight, i.strideWidth],
  before: [i.padInfo.front, i.padInfo.top, i.padInfo.left],
})

/** Where the window of output `o` begins and ends along an axis, within the input. */
function span(p: Pooling, o: number, axis: 0 | 1 | 2): [number, number] {
  const start = o * p.strides[axis] - p.before[axis]
  return [Math.max(start, 0), Math.min(start + p.window[axis], p.input[axis])]
}

/** How many real elements the window of each output has, in the order of the outputs of one sample and one channel. */
export function windowSizes(p: Pooling): Float32Array {
  const along = (axis: 0 | 1 | 2) =>
    Array.from({ length: p.output[axis] }, (_, o) => {
      const [from, to] = span(p, o, axis)
      return to - from
    })
  const [depths, heights, widths] = [along(0), along(1), along(2)]
  return Float32Array.from(depths.flatMap((d) => heights.flatMap((h) => widths.map((w) => d * h * w))))
}

/**
 * Calls `visit` for every output, in order, with the place of the first largest value of its window. Padding never counts. The
 * wasm backend's own kernels begin their search at 0 and are wrong for windows that hold only values ≤ 0.
 */
function eachMaximum(x: Float32Array, p: Pooling, visit: (output: number, place: number) => void): void {
  const [depth, height, width] = p.input
  let output = 0
  for (let n = 0; n < p.batch; n++)
    for (let od = 0; od < p.output[0]; od++) {
      const [d0, d1] = span(p, od, 0)
      for (let oy = 0; oy < p.output[1]; oy++) {
        const [y0, y1] = span(p, oy, 1)
        for (let ox = 0; ox < p.output[2]; ox++) {
          const [x0, x1] = span(p, ox, 2)
          for (let c = 0; c < p.channels; c++, output++) {
            let best = (((n * depth + d0) * height + y0) * width + x0) * p.channels + c
            let max = x[best] as number
            for (let d = d0; d < d1; d++)
              for (let y = y0; y < y1; y++) {
                let at = (((n * depth + d) * height + y) * width + x0) * p.channels + c
                for (let u = x0; u < x1; u++, at += p.channels) {
                  const value = x[at] as number
                  if (value > max) {
                    max = value
                    best = at
                  }
                }
              }
            visit(output, best)
          }
        }
      }
    }
}

export function maxPool(x: Float32Array, y: Float32Array, p: Pooling): void {
  eachMaximum(x, p, (output, place) => {
    y[output] = x[place] as number
  })
}

/** Each dy goes to the largest value of its window. */
export function maxPoolGradient(x: Float32Array, dy: Float32Array, dx: Float32Array, p: Pooling): void {
  dx.fill(0)
  eachMaximum(x, p, (output, place) => {
    dx[place] = (dx[place] as number) + (dy[output] as number)
  })
}

/** Each dy is shared out equally among the real elements of its window. tfjs's cpu kernel counts the padding, unlike its forward pass. */
export function averagePoolGradient(dy: Float32Array, dx: Float32Array, p: Pooling): void {
  dx.fill(0)
  const [depth, height, width] = p.input
  let from = 0
  for (let n = 0; n < p.batch; n++)
    for (let od = 0; od < p.output[0]; od++) {
      const [d0, d1] = span(p, od, 0)
      for (let oy = 0; oy < p.output[1]; oy++) {
        const [y0, y1] = span(p, oy, 1)
        for (let ox = 0; ox < p.output[2]; ox++, from += p.channels) {
          const [x0, x1] = span(p, ox, 2)
          const share = 1 / ((d1 - d0) * (y1 - y0) * (x1 - x0))
          for (let d = d0; d < d1; d++)
            for (let y = y0; y < y1; y++)
              for (let x = x0; x < x1; x++) {
                const to = (((n * depth + d) * height + y) * width + x) * p.channels
                for (let c = 0; c < p.channels; c++)
                  dx[to + c] = (dx[to + c] as number) + (dy[from + c] as number) * share
              }
        }
      }
    }
}
