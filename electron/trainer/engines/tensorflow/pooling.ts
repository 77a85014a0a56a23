import * as tf from '@tensorflow/tfjs'
import { type Geometry, geometryOf } from '../convGradients'
import { execute, nodeBackend } from './compiled/binding'
import { windowAttributes } from './convolution'
import { wrap } from './kernels'

let done = false

/** Max pooling and its gradient by our own operators, which are for processors only. After they are loaded. */
export function registerPooling(): void {
  const backend = nodeBackend()
  if (done || !backend || backend.isUsingGpuDevice) return
  done = true

  wrap(tf.MaxPool, ({ x }, attrs) => {
    if (x?.rank !== 4) return null
    const g = geometry(x, attrs)
    return execute(backend, 'NetloomMaxPool', windowAttributes(g.output, g), [x])[0]
  })
  wrap(tf.MaxPoolGrad, ({ dy, input, output }, attrs) => {
    if (!dy || input?.rank !== 4 || !output) return null
    const g = geometry(input, attrs)
    return execute(backend, 'NetloomMaxPoolGrad', windowAttributes(g.output, g), [dy, input, output])[0]
  })
}

const geometry = (x: tf.Tensor, attrs: Readonly<Record<string, unknown>>): Geometry =>
  geometryOf(
    tf.backend_util.computePool2DInfo(
      x.shape as [number, number, number, number],
      attrs.filterSize as number | [number, number],
      attrs.strides as number | [number, number],
      1,
      attrs.pad as 'same' | 'valid' | number,
      attrs.dimRoundingMode as 'floor' | 'round' | 'ceil' | undefined,
    ),
  )
