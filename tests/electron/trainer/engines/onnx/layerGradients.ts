import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'
import { encodeTraining } from '#shared/export/onnx/model'
import { onnxNetwork } from '#shared/export/onnx/network'
import { createRandom } from '#shared/training/random'
import { compile, dispose } from '../../../../../electron/trainer/compile'
import { putInBlocks } from '../../../../../electron/trainer/engines/onnx/blocked/putInBlocks'
import { differentiate } from '../../../../../electron/trainer/engines/onnx/differentiate'
import { lower } from '../../../../../electron/trainer/engines/onnx/providers/lower'
import type { Provider } from '../../../../../electron/trainer/engines/onnx/providers/provider'
import { createSession, floatTensor } from '../../../../../electron/trainer/engines/onnx/session'
import { type LayerCase, layerCases } from '../../../layerCases'

const BATCH = 2
/** Layers that draw random numbers differ from engine to engine by design. */
const random = (c: LayerCase) => /dropout|noise|rrelu/i.test(c.title)
/** No gradient to compare: steps, and what is looked up. */
const flat = (c: LayerCase) => c.title.includes('"step"')
export const gradientCases = layerCases.filter((c) => !random(c) && !flat(c))
const count = (s: readonly number[]): number => s.reduce((a, b) => a * b, 1)

/**
 * Expects the gradients of a layer's weights and inputs, and what it makes of its moving statistics, to be those of tfjs, whose backend must
 * be loaded. Says whether the processor computed some of it though a provider was given.
 */
export function compareGradients(
  { type, graph }: LayerCase,
  { block = null, provider = null }: { readonly block?: number | null; readonly provider?: Provider | null },
): { readonly mixed: boolean } {
  const compiled = compile(graph)
  if (!compiled.ok) throw new Error(compiled.error.message)
  const { model, weights, inputs, outputs } = compiled.value
  const numbers = createRandom(7)
  const values = new Map(
    weights.map(({ name, variable }) => {
      const own = Float32Array.from({ length: variable.size }, () =>
        /Variance|gamma/.test(name) ? numbers.uniform(0.5, 2) : 0.5 * numbers.normal(),
      )
      variable.assign(tf.tensor(own, variable.shape))
      return [name, own]
    }),
  )
  const whole = type === ('embedding' as typeof type)
  const draw = (shape: readonly number[]) =>
    Float32Array.from({ length: BATCH * count(shape) }, () => (whole ? numbers.below(3) : numbers.normal()))
  const xs = inputs.map((i) => draw(i.shape))
  const seeds = outputs.map((o) => Float32Array.from({ length: BATCH * count(o.shape) }, () => numbers.normal()))

  // tfjs: the gradients of Σ output · seed.
  const trained = weights.filter((w) => w.spec.trainable)
  let want: ReadonlyMap<string, readonly number[]> = new Map()
  tf.tidy(() => {
    const variables = whole ? [] : xs.map((x, i) => tf.variable(tf.tensor(x, [BATCH, ...(inputs[i]?.shape ?? [])])))
    const fed = whole ? xs.map((x, i) => tf.tensor(x, [BATCH, ...(inputs[i]?.shape ?? [])])) : variables
    const { grads } = tf.variableGrads(() => {
      const ys = [model.apply(fed, { training: true })].flat() as tf.Tensor[]
      const terms = ys.map((y, i) => tf.sum(tf.mul(y, tf.tensor(seeds[i] ?? [], y.shape))))
      return tf.addN(terms) as tf.Scalar
    }, [...trained.map((w) => w.variable), ...variables])
    const of = (v: tf.Variable) => Array.from((grads[v.name] as tf.Tensor).dataSync())
    want = new Map([
      ...trained.map((w) => [w.name, of(w.variable)] as const),
      ...variables.map((v, i) => [inputs[i]?.id ?? '', of(v)] as const),
    ])
    for (const v of variables) v.dispose()
  })
  const moved = new Map(weights.filter((w) => !w.spec.trainable).map((w) => [w.name, [...w.variable.dataSync()]]))
  dispose(compiled.value)

  const network = onnxNetwork(graph, { batch: BATCH })
  const g = network.graph
  for (const [i, { shape }] of network.outputs.entries()) g.feed(`seed${i}`, shape)
  const found = differentiate(
    g,
    network.outputs.map((o, i) => [o.name, `seed${i}`]),
    [...want.keys()],
  )
  const results = [...found.values(), ...g.moved.map((m) => m.value)]
  if (block !== null) putInBlocks(g, results, block)
  if (provider) lower(g)
  const fedNames = [...network.inputs.map((i) => i.name), ...network.outputs.map((_, i) => `seed${i}`)]
  const session = createSession(encodeTraining(g, fedNames, results), { threads: 1, provider })
  const feeds = Object.fromEntries([
    ...inputs.map((input, i) => [input.id, floatTensor(xs[i] as Float32Array, [BATCH, ...input.shape])] as const),
    ...network.outputs.map((o, i) => [`seed${i}`, floatTensor(seeds[i] as Float32Array, [BATCH, ...o.shape])] as const),
    ...g.weights.map((w) => [w.name, floatTensor(values.get(w.name) as Float32Array, w.from)] as const),
  ])
  const got = session.run(feeds, Object.fromEntries(results.map((name) => [name, null])))
  session.dispose()
  const scale = Math.max(1e-3, ...[...want.values()].map((v) => v.reduce((max, x) => Math.max(max, Math.abs(x)), 0)))
  for (const [name, expected] of want) {
    const tensor = got[found.get(name) ?? '']
    const actual = tensor?.data as Float32Array | undefined
    // A gradient that is zero everywhere need not be computed.
    const worst = expected.reduce(
      (max, v, i) => Math.max(max, Math.abs(v - (actual ? (actual[i] ?? Number.NaN) : 0))),
      0,
    )
    expect(worst / scale, name).toBeLessThan(1e-4)
  }
  for (const { weight, value } of g.moved) {
    const actual = got[value]?.data as Float32Array
    moved.get(weight)?.forEach((v, i) => {
      expect(actual[i], weight).toBeCloseTo(v, 4)
    })
  }
  return { mixed: session.mixed }
}
