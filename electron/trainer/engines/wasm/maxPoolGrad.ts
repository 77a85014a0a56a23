import type * as tf from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'

/**
 * Gradient of max pooling: each dy goes to the first largest value of its window. The backend's own kernel starts its search at 0
 * and so loses the gradient of windows that hold only values ≤ 0.
 */
export function maxPoolGrad(
  dy: tf.Tensor4D,
  x: tf.Tensor4D,
  info: tf.backend_util.Conv2DInfo,
  backend: BackendWasm,
): tf.TensorInfo {
  const out = backend.makeOutput(x.shape, 'float32')
  const [dx, from, values] = [out, dy, x].map((t) => backend.typedArrayFromHeap(t)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  dx.fill(0)
  const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth, padInfo } = info
  for (let n = 0, d = 0; n < batchSize; n++)
    for (let oy = 0; oy < outHeight; oy++) {
      const y = oy * info.strideHeight - padInfo.top
      const [y0, y1] = [Math.max(y, 0), Math.min(y + info.filterHeight, inHeight)]
      for (let ox = 0; ox < outWidth; ox++) {
        const left = ox * info.strideWidth - padInfo.left
        const [x0, x1] = [Math.max(left, 0), Math.min(left + info.filterWidth, inWidth)]
        for (let c = 0; c < channels; c++, d++) {
          let best = ((n * inHeight + y0) * inWidth + x0) * channels + c
          let max = values[best] as number
          for (let v = y0; v < y1; v++) {
            let at = ((n * inHeight + v) * inWidth + x0) * channels + c
            for (let u = x0; u < x1; u++, at += channels) {
              const value = values[at] as number
              if (value > max) {
                max = value
                best = at
              }
            }
          }
          dx[best] = (dx[best] as number) + (from[d] as number)
        }
      }
    }
  return out
}
