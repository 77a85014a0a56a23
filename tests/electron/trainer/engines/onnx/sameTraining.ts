import { expect } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'
import { createRandom } from '#shared/training/random'
import type { EngineName } from '#shared/training/run'
import { compile } from '../../../../../electron/trainer/compile'
import { loadEngine } from '../../../../../electron/trainer/engines'
import { type Fed, Model } from '../../../../../electron/trainer/model'
import { withRandom } from '../../../../../electron/trainer/randomness'

export const BATCH = 6

export function cnn(): Graph {
  const b = new Builder()
  let x = b.input([8, 8, 2])
  x = b.layer('conv2d', { filters: 4, strides: [2, 2], useBias: false }, x)
  x = b.layer('activation', {}, b.layer('batchNorm', { momentum: 0.5 }, x, { id: 'norm' }), { id: 'relu' })
  x = b.layer('maxPooling2d', {}, x)
  b.layer('dense', { units: 3, activation: 'softmax' }, b.layer('flatten', {}, x))
  return b.build()
}

export function ending(activation: 'softmax' | 'sigmoid' | 'linear'): Graph {
  const b = new Builder()
  b.layer('dense', { units: 3, activation }, b.layer('dense', { units: 5, activation: 'tanh' }, b.input([4])))
  return b.build()
}

/** Losses of a few steps with a smaller batch among them, the loss as at inference, and what the network answers in the end. */
export async function train(name: EngineName, graph: Graph, config: Partial<TrainingConfig>, fed: Partial<Fed> = {}) {
  const engine = await loadEngine(name)
  const compiled = compile(graph)
  if (!engine.ok || !compiled.ok) throw new Error('The engine or the network is not there.')
  const shape = compiled.value.inputs[0]?.shape ?? []
  const data = { inputShape: shape, targetSize: 3, ...fed }
  const model = new Model(compiled.value, engine.value, { ...defaultTraining, optimizer: 'sgd', ...config }, data)
  model.initialize()
  const random = createRandom(1)
  const width = shape.reduce((a, b) => a * b, 1)
  const x = Float32Array.from({ length: BATCH * width }, () => random.normal())
  const y = Float32Array.from({ length: BATCH * 3 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0))
  const steps = [BATCH, BATCH, 4, BATCH].map((count) => {
    const part = [x.subarray(0, count * width), y.subarray(0, count * 3), count] as const
    return withRandom(createRandom(2), () => model.trainStep(...part, 0.1).loss)
  })
  const result = {
    steps,
    inference: model.evaluate(x, y, BATCH).loss,
    answers: [...model.predict(x, BATCH)],
    weights: [...model.weights().values()].flatMap((w) => [...w.values]),
  }
  model.dispose()
  return result
}

/** Expects an engine to train as the built-in one does. */
export async function compareTraining(
  name: EngineName,
  graph: Graph,
  config: Partial<TrainingConfig> = {},
  fed: Partial<Fed> = {},
): Promise<void> {
  const [onnx, wasm] = [await train(name, graph, config, fed), await train('wasm', graph, config, fed)]
  const pairs = [
    [onnx.steps, wasm.steps],
    [[onnx.inference], [wasm.inference]],
    [onnx.answers, wasm.answers],
    [onnx.weights, wasm.weights],
  ] as const
  for (const [have, want] of pairs)
    have.forEach((v, i) => {
      expect(v).toBeCloseTo(want[i] ?? Number.NaN, 4)
    })
}
