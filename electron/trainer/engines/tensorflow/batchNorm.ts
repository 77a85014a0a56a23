import * as tf from '@tensorflow/tfjs'
import { BATCH_NORM } from '../../layers/batchNorm'
import { attribute, execute, type NodeBackend, nodeBackend } from './compiled/binding'
import { uncut } from './compiled/fuseActivations'

/** How a batch normalization of x, scale and offset is computed. */
interface Operators {
  /** What `BATCH_NORM` gives, and what the gradient takes from there. */
  forward(inputs: readonly tf.Tensor[], epsilon: number): tf.Tensor[]
  /** Which of that is kept. */
  readonly kept: boolean[]
  /** The gradients of x, scale and offset from that in y. */
  backward(d: tf.Tensor, inputs: readonly tf.Tensor[], kept: readonly tf.Tensor[], epsilon: number): tf.Tensor[]
}

let done = false

/** The kernel `BATCH_NORM` and its gradient: by our own operators where they are there (they are for processors only), else by TensorFlow's. */
export function registerBatchNorm(own: boolean): void {
  const backend = nodeBackend()
  if (done || !backend) return
  done = true
  const { backward, forward, kept } = own && !backend.isUsingGpuDevice ? ours(backend) : theirs(backend)
  tf.registerKernel({
    kernelName: BATCH_NORM,
    backendName: 'tensorflow',
    kernelFunc({ attrs, inputs: { offset, scale, x } }) {
      if (!x || !scale || !offset) throw new Error('A batch normalization was called without its inputs.')
      return forward([x, scale, offset] as tf.Tensor[], Number(attrs?.epsilon))
    },
  })
  tf.registerGradient({
    kernelName: BATCH_NORM,
    inputsToSave: ['x', 'scale', 'offset'],
    outputsToSave: kept,
    gradFunc(dy, saved, attrs) {
      const [d] = [dy].flat()
      if (!d) throw new Error('The gradient of a batch normalization was called without that of its output.')
      const gradients = backward(d, saved.slice(0, 3), saved.slice(3), Number(attrs.epsilon))
      const [dX, dScale, dOffset] = gradients as [tf.Tensor, tf.Tensor, tf.Tensor]
      return { x: () => dX, scale: () => dScale, offset: () => dOffset }
    },
  })
}

function ours(backend: NodeBackend): Operators {
  const attributes = (epsilon: number) => [attribute.float('epsilon', epsilon), ...uncut]
  return {
    forward: (inputs, epsilon) => execute(backend, 'NetloomBatchNorm', attributes(epsilon), inputs, 4),
    kept: [false, true, false, true],
    backward: (d, inputs, kept, epsilon) =>
      execute(backend, 'NetloomBatchNormGrad', attributes(epsilon), [d, ...inputs, ...kept], 3),
  }
}

function theirs(backend: NodeBackend): Operators {
  const attributes = (epsilon: number) => [
    attribute.float32('T'),
    attribute.float32('U'),
    attribute.float('epsilon', epsilon),
    attribute.text('data_format', 'NHWC'),
    attribute.bool('is_training', true),
  ]
  return {
    forward(inputs, epsilon) {
      const none = tf.tensor1d([])
      const all = [...attributes(epsilon), attribute.float('exponential_avg_factor', 1)]
      const results = execute(backend, 'FusedBatchNormV3', all, [...inputs, none, none], 6)
      none.dispose()
      return results
    },
    kept: [false, false, false, true, true, true],
    backward: (d, [x, scale], kept, epsilon) =>
      execute(backend, 'FusedBatchNormGradV3', attributes(epsilon), [d, x, scale, ...kept] as tf.Tensor[], 5),
  }
}
