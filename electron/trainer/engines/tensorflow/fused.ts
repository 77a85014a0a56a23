import * as tf from '@tensorflow/tfjs'
import { geometryOf } from '../convGradients'
import { type Attribute, attribute, execute, nodeBackend } from './compiled/binding'
import { productKernelGradient, productPays } from './kernelGradient'
import { wrap } from './kernels'

const T = attribute.float32('T')
const LAST = attribute.text('data_format', 'NHWC')
type Four = [number, number, number, number]
let done = false

/** Operators of TensorFlow that do at once what tfjs composes of several, or that are faster than those it takes. */
export function registerFused(): void {
  const backend = nodeBackend()
  if (done || !backend) return
  done = true
  const run = (op: string, inputs: readonly tf.Tensor[], attributes: readonly Attribute[] = []) =>
    execute(backend, op, [T, ...attributes], inputs)[0]

  wrap(tf.Add, ({ a, b }) => {
    if (!a || !b) return null
    if (isBias(a, b)) return run('BiasAdd', [a, b], [LAST])
    return isBias(b, a) ? run('BiasAdd', [b, a], [LAST]) : null
  })
  wrap(tf.Sum, ({ x }, attrs) => (x && isBiasGradient(x, attrs) ? run('BiasAddGrad', [x], [LAST]) : null))
  wrap(tf.BatchMatMul, ({ a, b }, { transposeA, transposeB }) => {
    if (a?.rank !== 2 || b?.rank !== 2) return null
    const turned = [
      attribute.bool('transpose_a', transposeA === true),
      attribute.bool('transpose_b', transposeB === true),
    ]
    return run('MatMul', [a, b], turned)
  })

  // On a GPU the library's own kernel is the fastest.
  if (!backend.isUsingGpuDevice)
    wrap(tf.Conv2DBackpropFilter, ({ dy, x }, { filterShape, pad, strides }) => {
      const [input, gradient] = [x as tf.Tensor4D, dy as tf.Tensor4D]
      const shape = filterShape as Four
      const info = tf.backend_util.computeConv2DInfo(input.shape, shape, strides as number, 1, pad as 'same')
      const g = geometryOf(info)
      return productPays(g, shape[2], shape[3]) ? productKernelGradient(input, gradient, g) : null
    })

  // tfjs-node reads the indices back to check them, which TensorFlow does anyway.
  wrap(tf.GatherV2, ({ indices, x }, { axis, batchDims }) => {
    if (x?.dtype !== 'float32' || indices?.dtype !== 'int32') return null
    const types = [attribute.float32('Tparams'), attribute.int32('Tindices'), attribute.int32('Taxis')]
    const attributes = [...types, attribute.int('batch_dims', Number(batchDims ?? 0))]
    return execute(backend, 'GatherV2', attributes, [x, indices, tf.scalar(Number(axis), 'int32')])[0]
  })

  differentiate(tf.Relu, (dy, y) => run('ReluGrad', [dy, y]))
  differentiate(tf.Relu6, (dy, y) => run('Relu6Grad', [dy, y]))
  differentiate(tf.Sigmoid, (dy, y) => run('SigmoidGrad', [y, dy]))
  differentiate(tf.Tanh, (dy, y) => run('TanhGrad', [y, dy]))
}

/** Whether b is added to every position of a. */
const isBias = (a: tf.Tensor, b: tf.Tensor): boolean =>
  a.dtype === 'float32' && b.dtype === 'float32' && a.rank > 1 && b.rank === 1 && a.shape.at(-1) === b.size

/** Whether a sum is over everything but the last axis, as is the gradient of a bias. */
export function isBiasGradient(x: tf.Tensor, { axis, keepDims }: Readonly<Record<string, unknown>>): boolean {
  if (x.dtype !== 'float32' || x.rank < 2 || keepDims === true) return false
  const axes = tf.util.parseAxisParam(axis as number | number[], x.shape)
  return axes.join() === [...x.shape.slice(1).keys()].join()
}

/** Gives a function another gradient, from its output; other backends keep that of tfjs. */
function differentiate(kernelName: string, gradient: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor): void {
  const own = tf.getGradient(kernelName)
  const { inputsToSave = [], outputsToSave = [] } = own
  tf.unregisterGradient(kernelName)
  tf.registerGradient({
    kernelName,
    inputsToSave,
    outputsToSave: [true],
    gradFunc(dy, saved, attrs) {
      if (tf.getBackend() !== 'tensorflow')
        return own.gradFunc(dy, saved.slice(0, inputsToSave.length + outputsToSave.length), attrs)
      const y = saved.at(-1)
      if (!y || Array.isArray(dy)) throw new Error(`The gradient of ${kernelName} was called without its output.`)
      return { x: () => gradient(dy, y) }
    },
  })
}
