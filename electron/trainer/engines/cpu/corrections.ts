import * as tf from '@tensorflow/tfjs'
import { averagePoolGradient, pooling2d, pooling3d } from '../pooling'
import { bilinearGradient, nearestGradient } from './resize'

type Pair = number | [number, number]
type Triple = number | [number, number, number]
type Inputs = Readonly<Record<string, tf.Tensor>>
type Attrs = Readonly<Record<string, unknown>>

let done = false

/** Replaces the gradients that tfjs's reference backend computes wrongly. Before the backend starts. */
export function correctKernels(): void {
  if (done) return
  done = true
  correct(tf.ResizeNearestNeighborGrad, 'images', (dy, dx, x, attrs) =>
    nearestGradient(dy.dataSync() as Float32Array, dx, x.shape as Four, dy.shape as Four, attrs.alignCorners === true),
  )
  correct(tf.ResizeBilinearGrad, 'images', (dy, dx, x, attrs) =>
    bilinearGradient(dy.dataSync() as Float32Array, dx, x.shape as Four, dy.shape as Four, attrs.alignCorners === true),
  )
  correct(tf.AvgPoolGrad, 'input', (dy, dx, x, a) => {
    const shape = x.shape as Four
    const info = tf.backend_util.computePool2DInfo(shape, a.filterSize as Pair, a.strides as Pair, 1, a.pad as Pad)
    averagePoolGradient(dy.dataSync() as Float32Array, dx, pooling2d(info))
  })
  correct(tf.AvgPool3DGrad, 'input', (dy, dx, x, a) => {
    const shape = x.shape as [...Four, number]
    const info = tf.backend_util.computePool3DInfo(shape, a.filterSize as Triple, a.strides as Triple, 1, a.pad as Pad)
    averagePoolGradient(dy.dataSync() as Float32Array, dx, pooling3d(info))
  })
}

type Four = [number, number, number, number]
type Pad = 'same' | 'valid' | number

/** `input` names the tensor whose gradient is computed. */
function correct(
  kernelName: string,
  input: string,
  compute: (dy: tf.Tensor, dx: Float32Array, x: tf.Tensor, attrs: Attrs) => void,
): void {
  tf.unregisterKernel(kernelName, 'cpu')
  tf.registerKernel({
    kernelName,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs }) => {
      const given = inputs as Inputs
      const x = given[input] as tf.Tensor
      const dx = new Float32Array(x.size)
      compute(given.dy as tf.Tensor, dx, x, attrs ?? {})
      return tf.tensor(dx, x.shape)
    },
  })
}
