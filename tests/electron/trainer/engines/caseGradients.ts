import * as tf from '@tensorflow/tfjs'
import { createRandom } from '#shared/training/random'
import { compile, dispose } from '../../../../electron/trainer/compile'
import { cpu } from '../../../../electron/trainer/engines/cpu/cpu'
import type { Engine } from '../../../../electron/trainer/engines/engine'
import { type LayerCase, layerCases } from '../../layerCases'

const BATCH = 2
const count = (s: readonly number[]): number => s.reduce((a, b) => a * b, 1)

/** Layers whose gradients can be compared: those that draw random numbers differ from engine to engine by design, a step has none. */
export const comparable = layerCases.filter((c) => !/dropout|noise|rrelu|"step"/i.test(c.title))

/** Outputs of a layer, the gradients of Σ output · seed in weights and inputs, and where the moving statistics went, by name. */
export async function computeCase(
  { type, graph }: LayerCase,
  engine: Engine,
  batch = BATCH,
): Promise<ReadonlyMap<string, number[]>> {
  const loaded = await engine.load()
  if (!loaded.ok) throw new Error(loaded.error.message)
  const compiled = compile(graph)
  if (!compiled.ok) throw new Error(compiled.error.message)
  const { model, weights, inputs } = compiled.value
  const numbers = createRandom(7)
  for (const { name, variable } of weights) {
    const positive = /Variance|gamma/.test(name)
    const own = Float32Array.from({ length: variable.size }, () =>
      positive ? numbers.uniform(0.5, 2) : 0.5 * numbers.normal(),
    )
    tf.tidy(() => variable.assign(tf.tensor(own, variable.shape)))
  }
  const whole = type === ('embedding' as typeof type)
  const draw = (shape: readonly number[]) =>
    Float32Array.from({ length: count(shape) }, () => (whole ? numbers.below(3) : numbers.normal()))
  let results: ReadonlyMap<string, number[]> = new Map()
  tf.tidy(() => {
    const xs = inputs.map((i) => tf.variable(tf.tensor(draw([batch, ...i.shape]), [batch, ...i.shape])))
    const trained = weights.filter((w) => w.spec.trainable)
    const outputs: tf.Tensor[] = []
    const { grads } = tf.variableGrads(() => {
      const ys = [model.apply(xs, { training: true })].flat() as tf.Tensor[]
      outputs.push(...ys.map((y) => tf.keep(y)))
      return tf.addN(ys.map((y) => tf.sum(tf.mul(y, tf.tensor(draw(y.shape), y.shape))))) as tf.Scalar
    }, [...trained.map((w) => w.variable), ...(whole ? [] : xs)])
    const read = (t: tf.Tensor | undefined): number[] => [...(t?.dataSync() ?? [])]
    results = new Map([
      ...outputs.map((y, i) => [`output ${i}`, read(y)] as const),
      ...trained.map((w) => [w.name, read(grads[w.variable.name])] as const),
      ...(whole ? [] : xs.map((x, i) => [`input ${i}`, read(grads[x.name])] as const)),
      ...weights.filter((w) => !w.spec.trainable).map((w) => [w.name, read(w.variable)] as const),
    ])
    for (const t of [...xs, ...outputs]) t.dispose()
  })
  dispose(compiled.value)
  return results
}

/** The largest difference from the reference, relative to the largest number there. */
export async function differenceFromReference(c: LayerCase, engine: Engine, batch = BATCH): Promise<number> {
  const right = await computeCase(c, cpu, batch)
  const tried = await computeCase(c, engine, batch)
  const scale = [...right.values()].flat().reduce((max, v) => Math.max(max, Math.abs(v)), 1e-3)
  const worst = [...right].map(([name, values]) =>
    values.reduce((max, v, i) => Math.max(max, Math.abs(v - (tried.get(name)?.[i] ?? Number.NaN))), 0),
  )
  return worst.reduce((max, v) => (Number.isNaN(v) || v > max ? v : max), 0) / scale
}
