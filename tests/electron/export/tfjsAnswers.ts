import * as tf from '@tensorflow/tfjs'
import { createRandom } from '#shared/training/random'
import { compile, dispose } from '../../../electron/trainer/compile'
import type { LayerCase } from '../layerCases'

/** Samples in a case. */
export const BATCH = 2
const count = (s: readonly number[]): number => s.reduce((a, b) => a * b, 1)

/** Random weights and samples for a case, and what tfjs makes of them, by the ports of the network. */
export function tfjsAnswers({ graph, type }: LayerCase) {
  const compiled = compile(graph)
  if (!compiled.ok) throw new Error(compiled.error.message)
  const { model, weights, inputs, outputs } = compiled.value
  const random = createRandom(7)
  const arrays = new Map(
    weights.map(({ name, variable }) => {
      // Variances are positive.
      const values = Float32Array.from({ length: variable.size }, () =>
        name.endsWith('movingVariance') ? random.uniform(0.5, 2) : 0.5 * random.normal(),
      )
      variable.assign(tf.tensor(values, variable.shape))
      return [name, { values }]
    }),
  )
  const whole = type === ('embedding' as typeof type)
  const samples = inputs.map(({ shape }) => ({
    values: Float32Array.from({ length: BATCH * count(shape) }, () => (whole ? random.below(3) : random.normal())),
    shape: [BATCH, ...shape],
  }))
  const want = tf.tidy(() => {
    const xs = samples.map((s) => tf.tensor(s.values, s.shape))
    return [model.apply(xs, { training: false })].flat().map((y) => (y as tf.Tensor).dataSync() as Float32Array)
  })
  dispose(compiled.value)
  return { inputs, outputs, arrays, samples, want }
}
