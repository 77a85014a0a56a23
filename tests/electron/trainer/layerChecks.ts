import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { allActivationNames } from '#shared/activations'
import { defaultsOf, type Params } from '#shared/fields'
import { Builder } from '#shared/graph/builder'
import { infer } from '#shared/graph/infer'
import type { Example } from '#shared/layer'
import { type LayerType, layers, layerTypes } from '#shared/layers/index'
import { createRandom } from '#shared/training/random'
import { compileLayer } from '../../../electron/trainer/compile'
import { cpu } from '../../../electron/trainer/engines/cpu/cpu'
import type { Engine } from '../../../electron/trainer/engines/engine'
import { withRandom } from '../../../electron/trainer/randomness'
import { pooling2d } from '../layerCases'
import { comparable } from './engines/caseGradients'

/** Valid settings that the examples do not show. */
const more: Partial<Record<LayerType, readonly Pick<Example, 'params' | 'inputs'>[]>> = {
  conv2d: [
    { params: { filters: 4, strides: [2, 1], kernelSize: [3, 2], activation: 'relu' }, inputs: [[9, 8, 3]] },
    { params: { filters: 4, dilationRate: [2, 2] }, inputs: [[9, 8, 3]] },
    { params: { filters: 4, dilationRate: [2, 3], activation: 'elu', padding: 'valid' }, inputs: [[9, 10, 3]] },
    { params: { filters: 6, groups: 3, strides: [2, 2], activation: 'tanh' }, inputs: [[7, 8, 6]] },
    { params: { filters: 16, groups: 8, useBias: false }, inputs: [[6, 5, 16]] },
    { params: { filters: 4, groups: 2, dilationRate: [2, 2], useBias: false }, inputs: [[7, 8, 4]] },
    { params: { filters: 4, padding: [0, 1, 2, 3], kernelSize: [2, 2] }, inputs: [[6, 5, 2]] },
  ],
  depthwiseConv2d: [
    { params: { strides: [2, 2], depthMultiplier: 3 }, inputs: [[9, 8, 2]] },
    { params: { dilationRate: [2, 2], activation: 'relu' }, inputs: [[9, 8, 2]] },
  ],
  maxPooling2d: pooling2d,
  averagePooling2d: pooling2d,
  batchNorm: [
    { params: { center: false, momentum: 0.5 }, inputs: [[4, 5, 3]] },
    { params: { scale: false }, inputs: [[6]] },
    { params: { axis: 0 }, inputs: [[2, 3, 4]] },
  ],
  dense: [{ params: { units: 5, activation: 'softmax' }, inputs: [[7]] }],
  activation: allActivationNames.map((name) => ({ params: { function: name }, inputs: [[4, 5, 6]] })),
  upSampling: [{ params: { size: [2, 3], interpolation: 'bilinear' }, inputs: [[4, 5, 3]] }],
  embedding: [{ params: { inputDim: 40, outputDim: 4 }, inputs: [[5]] }],
}
const LARGE = 400_000
const count = (s: readonly number[]): number => s.reduce((a, b) => a * b, 1)

interface Case {
  readonly type: LayerType
  readonly params: Params
  readonly inputs: readonly (readonly number[])[]
  readonly title: string
}
const cases: Case[] = layerTypes
  .filter((type) => type !== 'input')
  .flatMap((type) =>
    [...layers[type].examples, ...(more[type] ?? [])].map(({ params, inputs }) => ({
      type,
      params: { ...defaultsOf(layers[type].fields), ...params } as Params,
      inputs,
      title: `${type} ${JSON.stringify(params)} on ${inputs.map((s) => s.join('×')).join(', ')}`,
    })),
  )

/** What our own rules say of one layer. */
function ours({ type, params, inputs }: Case) {
  const b = new Builder()
  const wires = inputs.map((shape) => b.input(shape))
  const { id } = b.layer(type, params as never, wires, { id: 'layer' })
  const inference = infer(b.build())
  const result = inference.node(id)
  if (!result?.known) throw new Error(`Not valid: ${JSON.stringify(inference.problems())}`)
  return result
}

const BATCH = 2
function sample(shape: readonly number[], type: LayerType, seed: number): tf.Tensor {
  const random = createRandom(seed)
  const whole = type === ('embedding' as LayerType)
  const values = Float32Array.from({ length: BATCH * count(shape) }, () => (whole ? random.below(3) : random.normal()))
  return tf.tensor(values, [BATCH, ...shape])
}

async function load(engine: Engine) {
  const loaded = await engine.load()
  if (!loaded.ok) throw new Error(loaded.error.message)
}

/** Output, loss and gradients (in weights and inputs) of the mean square distance to a fixed target, and the loss after a small step. */
async function work(c: Case, engine: Engine) {
  await load(engine)
  const expected = ours(c)
  return tf.tidy(() => {
    const made = compileLayer(layers[c.type].tfjs(c.params as never, c.inputs), 'layer')
    const xs = c.inputs.map((s, i) => tf.variable(sample(s, c.type, 10 + i)))
    const forward = (): tf.Tensor[] =>
      withRandom(createRandom(3), () => {
        const out = made.reduce<tf.Tensor | tf.Tensor[]>(
          (v, layer) => layer.apply(v, { training: true }) as tf.Tensor,
          xs.length === 1 ? (xs[0] as tf.Tensor) : xs,
        )
        return Array.isArray(out) ? out : [out]
      })
    const outputs = forward()
    const shapes = outputs.map((t) => t.shape.slice(1))
    const variables = made.flatMap((l) => l.weights.map((w) => w.read() as tf.Variable))
    const weightShapes = variables.map((v) => v.shape)
    const specs = expected.weights
    variables.forEach((v, i) => {
      const random = createRandom(50 + i)
      const positive = /variance|gamma/i.test(specs[i]?.name ?? '')
      const scale = 1 / Math.sqrt(count(v.shape.slice(0, -1)))
      v.assign(
        tf.tensor(
          Float32Array.from({ length: v.size }, () => (positive ? random.uniform(0.5, 1.5) : random.normal() * scale)),
          v.shape,
        ),
      )
    })
    const targets = shapes.map((s, i) => sample(s, c.type, 90 + i))
    const loss = () =>
      forward()
        .map((y, i) => tf.mean(tf.squaredDifference(y, targets[i] as tf.Tensor)) as tf.Scalar)
        .reduce((a, b) => tf.add(a, b))
    const trainable = variables.filter((_, i) => specs[i]?.trainable)
    const differentiable = c.type === ('embedding' as LayerType) ? [] : xs
    const parameters = [...trainable, ...differentiable]
    const { value, grads } = tf.variableGrads(loss, parameters)
    const gradients = parameters.map((p) => Array.from((grads[p.name] as tf.Tensor).dataSync()))
    const norm = Math.sqrt(gradients.flat().reduce((sum, g) => sum + g * g, 0))
    const before = value.dataSync()[0] ?? Number.NaN
    for (const p of parameters) p.assign(tf.sub(p, tf.mul(grads[p.name] as tf.Tensor, 1e-3 / Math.max(norm, 1e-9))))
    const after = loss().dataSync()[0] ?? Number.NaN
    const first = Array.from(forward()[0]?.dataSync() ?? [])
    for (const layer of made) layer.dispose()
    for (const x of xs) x.dispose()
    return { shapes, weightShapes, before, after, gradients, first, norm }
  })
}

const small = (c: Case): boolean =>
  [...c.inputs, ...ours(c).weights.map((w) => w.shape as number[])].every((s) => count(s) <= LARGE)

/** The plain engine takes seconds for these, of tables for each of their rows; each has a smaller case beside it. */
const tooMuchForReference = (c: Case): boolean =>
  c.inputs.some((s) => count(s) > 60_000) ||
  ours(c).totals.macs > 1e7 ||
  (c.type === 'embedding' && ours(c).totals.params.total > 60_000)

/** No way for a gradient: the step function. */
const flat = (c: Case): boolean => JSON.stringify(c.params).includes('"step"')

/** What `differenceFromReference` compares, and more tightly: an engine is to pass that beside this. */
const comparedApart: ReadonlySet<string> = new Set(comparable.map((c) => c.title))

/** Every layer on an engine: shapes as our rules say, a step that lowers the loss, loss and gradients of the reference. */
export function checkLayers(engine: Engine): void {
  describe.each(layerTypes.filter((t) => t !== 'input'))('%s', (type) => {
    test.each(cases.filter((c) => c.type === type && small(c)))('$title', async (c) => {
      const expected = ours(c)
      const tried = await work(c, engine)
      expect(tried.shapes).toEqual(expected.outputs)
      expect(tried.weightShapes).toEqual(expected.weights.map((w) => w.shape))
      if (!flat(c)) {
        expect(tried.norm).toBeGreaterThan(0)
        expect(tried.after).toBeLessThan(tried.before)
      }
      if (tooMuchForReference(c) || comparedApart.has(c.title)) return
      const reference = await work(c, cpu)
      expect(reference.shapes).toEqual(expected.outputs)
      expect(tried.before).toBeCloseTo(reference.before, 3)
      const scale = reference.gradients.flat().reduce((max, g) => Math.max(max, Math.abs(g)), 1e-3)
      reference.gradients.forEach((right, i) => {
        const worst = right.reduce(
          (max, g, j) => Math.max(max, Math.abs(g - (tried.gradients[i]?.[j] ?? Number.NaN))),
          0,
        )
        expect(worst / scale).toBeLessThan(2e-3)
      })
    })
  })
}
