import * as tf from '@tensorflow/tfjs'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'

export type Attrs = Readonly<Record<string, unknown>>
export type Inputs = Readonly<Record<string, tf.Tensor>>
export type Compute = (inputs: Inputs, attrs: Attrs, backend: BackendWasm) => tf.TensorInfo

/** Supplies a kernel. tfjs hands kernels real tensors, so that they can be made of the backend's other kernels. */
export function register(kernelName: string, compute: Compute): void {
  if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm')
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => compute(inputs as Inputs, attrs ?? {}, backend as BackendWasm),
  })
}

/** Puts `compute` before one of the backend's own kernels. */
export function wrap(kernelName: string, compute: (own: Compute) => Compute): void {
  const config = tf.getKernel(kernelName, 'wasm')
  const own: Compute = (inputs, attrs, backend) =>
    config.kernelFunc({ inputs, attrs: attrs as tf.NamedAttrMap, backend }) as tf.TensorInfo
  const around = compute(own)
  tf.unregisterKernel(kernelName, 'wasm')
  tf.registerKernel({
    ...config,
    kernelFunc: ({ inputs, attrs, backend }) => around(inputs as Inputs, attrs ?? {}, backend as BackendWasm),
  })
}

/** A tensor for what a kernel of the backend returned. */
export const asTensor = (t: tf.TensorInfo, backend: BackendWasm): tf.Tensor =>
  tf.engine().makeTensorFromDataId(t.dataId, t.shape, t.dtype, backend)
