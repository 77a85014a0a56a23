import * as tf from '@tensorflow/tfjs'
import { feedOf } from '#shared/training/inputFit'
import type { Compiled } from './compile'

/** A batch of samples of `shape`, one after the other, as what each input of a network sees of it. */
export function feed({ inputs }: Compiled, shape: readonly number[], x: Float32Array, count: number): tf.Tensor[] {
  const shapes = inputs.map((i) => i.shape)
  const found = feedOf(shape, shapes)
  if (found?.kind !== 'parts') return shapes.map((s) => tf.tensor(x, [count, ...s]))
  const all = found.of === 'lastAxis' ? tf.tensor(x, [count, ...shape]) : tf.tensor(x, [count, x.length / count])
  const sizes = shapes.map((s) => (found.of === 'lastAxis' ? (s.at(-1) ?? 0) : s.reduce((a, b) => a * b, 1)))
  return tf.split(all, sizes, -1).map((part, i) => tf.reshape(part, [count, ...(shapes[i] ?? [])]))
}
