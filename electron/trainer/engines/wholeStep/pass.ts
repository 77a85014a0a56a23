import * as tf from '@tensorflow/tfjs'
import { slopes } from '#shared/training/slopes'
import type { NamedWeight } from '../../compile'
import { Forward } from '../../forward'
import { type Draw, drawingFrom } from '../../layers/draw'
import type { Batch, Task } from '../engine'
import { tensors } from './algebra'

/** What a batch is fed as. */
export interface Fed {
  readonly inputs: readonly tf.Tensor[]
  readonly targets: readonly tf.Tensor[]
  /** One per sample, times 1 ÷ batch size. */
  readonly shares: tf.Tensor
}

export const listFed = ({ inputs, shares, targets }: Fed): tf.Tensor[] => [...inputs, ...targets, shares]

export function feedOf({ heads }: Task, { count, inputs, sampleWeights, targets }: Batch): Fed {
  const shares = sampleWeights ? sampleWeights.map((w) => w / count) : new Float32Array(count).fill(1 / count)
  return {
    inputs,
    targets: heads.map(({ size }, i) => tf.tensor2d(targets[i] ?? [], [count, size])),
    shares: tf.tensor2d(shares, [count, 1]),
  }
}

/** What comes of a batch. */
export interface Found {
  readonly outputs: readonly tf.Tensor[]
  /** Weights that are trained and have a part in the losses, with their gradients. */
  readonly gradients: readonly (readonly [NamedWeight, tf.Tensor])[]
  /** The moving statistics, as they are now. */
  readonly moved: readonly (readonly [NamedWeight, tf.Tensor])[]
  readonly watched: readonly tf.Tensor[]
}

/** Forward and backward, as operators of tfjs. `draws`: where random numbers come from. The outputs are kept. */
export function pass(draws: Draw, task: Task, watched: readonly tf.SymbolicTensor[], fed: Fed): Found {
  const { compiled, heads, starts } = task
  const network = new Forward(compiled.model.inputs, [...starts, ...watched])
  const before = compiled.weights.map((w) => w.variable.dataId)
  const trained = compiled.weights.filter((w) => w.spec.trainable)
  const shares = heads.map(({ weight }) => tf.mul(fed.shares, weight))
  let all: tf.Tensor[] = []
  const { grads } = tf.variableGrads(
    () => {
      const found = drawingFrom(draws, () => network.apply([...fed.inputs], true))
      all = found.map((t) => tf.keep(t))
      const terms = heads.flatMap(({ loss, size, weight }, i) => {
        const [y, t, share] = [all[i], fed.targets[i], shares[i]]
        if (!y || !t || !share || weight === 0) return []
        return [lossOf(y, (flat) => tf.mul(slopes[loss](tensors, flat, t, size), share))]
      })
      return tf.addN(terms) as tf.Scalar
    },
    trained.map((w) => w.variable),
  )
  return {
    outputs: all.slice(0, starts.length),
    watched: all.slice(starts.length),
    gradients: trained.flatMap((w) => {
      const gradient = grads[w.variable.name]
      return gradient ? [[w, gradient] as const] : []
    }),
    moved: compiled.weights.flatMap((w, i) =>
      w.variable.dataId === before[i] ? [] : [[w, tf.clone(w.variable)] as const],
    ),
  }
}

/** Has the loss's derivative in the output as its gradient; its value is of no use. */
function lossOf(y: tf.Tensor, slope: (flat: tf.Tensor) => tf.Tensor): tf.Tensor {
  const loss = tf.customGrad((x, save) => {
    ;(save as tf.GradSaveFunc)([x as tf.Tensor])
    return {
      value: tf.scalar(0),
      gradFunc: (_, saved) => {
        const own = (saved as tf.Tensor[])[0] as tf.Tensor
        const flat = tf.reshape(own, [own.shape[0] ?? 1, -1])
        return tf.reshape(slope(flat), own.shape)
      },
    }
  })
  return loss(y)
}
