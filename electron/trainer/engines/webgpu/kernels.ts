import * as tf from '@tensorflow/tfjs'
import { type Pooling, pooling2d, pooling3d, windowSizes } from '../pooling'

type Attrs = Readonly<Record<string, unknown>>
type Pair = number | [number, number]
type Triple = number | [number, number, number]
type Pad = 'same' | 'valid' | number

let done = false

/** Corrects what tfjs's WebGPU backend computes wrongly. Before the backend starts. */
export function correctKernels(): void {
  if (done) return
  done = true
  const pool2d = (shape: number[], a: Attrs) =>
    pooling2d(
      tf.backend_util.computePool2DInfo(
        shape as [number, number, number, number],
        a.filterSize as Pair,
        a.strides as Pair,
        1,
        a.pad as Pad,
      ),
    )
  const pool3d = (shape: number[], a: Attrs) =>
    pooling3d(
      tf.backend_util.computePool3DInfo(
        shape as [number, number, number, number, number],
        a.filterSize as Triple,
        a.strides as Triple,
        1,
        a.pad as Pad,
      ),
    )
  shareOverWindow(tf.AvgPoolGrad, pool2d)
  shareOverWindow(tf.AvgPool3DGrad, pool3d)
}

/** The gradient of average pooling counts the padding, unlike the forward pass: dy is made larger where it does. */
function shareOverWindow(kernelName: string, poolingOf: (shape: number[], attrs: Attrs) => Pooling): void {
  const own = tf.getKernel(kernelName, 'webgpu')
  tf.unregisterKernel(kernelName, 'webgpu')
  tf.registerKernel({
    ...own,
    kernelFunc(given) {
      const { dy, input } = given.inputs as Readonly<Record<'dy' | 'input', tf.Tensor>>
      const p = poolingOf(input.shape, given.attrs ?? {})
      const whole = p.window.reduce((a, b) => a * b, 1)
      const sizes = windowSizes(p)
      if (sizes.every((size) => size === whole)) return own.kernelFunc(given)
      return tf.tidy(() => {
        const share = tf.tensor(
          sizes.map((size) => whole / size),
          [1, ...dy.shape.slice(1, -1), 1],
        )
        const info = own.kernelFunc({ ...given, inputs: { ...given.inputs, dy: tf.mul(dy, share) } }) as tf.TensorInfo
        return tf.engine().makeTensorFromTensorInfo(info)
      })
    },
  })
}
