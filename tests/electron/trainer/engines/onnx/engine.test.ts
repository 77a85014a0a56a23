import * as tf from '@tensorflow/tfjs'
import { describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { applyEdit } from '#shared/graph/edits'
import type { Graph } from '#shared/graph/graph'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'
import { type LossType, losses, lossTypes } from '#shared/training/losses'
import { optimizerTypes } from '#shared/training/optimizers'
import { compile } from '../../../../../electron/trainer/compile'
import { loadEngine } from '../../../../../electron/trainer/engines'
import { type Fed, Model } from '../../../../../electron/trainer/model'
import { BATCH, cnn, compareTraining, ending, train } from './sameTraining'

function twoHeads(): Graph {
  const b = new Builder()
  const x = b.layer('dense', { units: 6, activation: 'tanh' }, b.input([4]))
  const side = b.layer('dense', { units: 3, activation: 'softmax' }, x)
  b.layer('output', { lossWeight: 0.3 }, side)
  b.layer('dense', { units: 3, activation: 'softmax' }, b.layer('dense', { units: 5, activation: 'elu' }, x))
  return b.build()
}

const frozen = (graph: Graph): Graph =>
  applyEdit(graph, { type: 'setWeightSettings', ids: ['norm'], settings: { trainable: false } })

const compare = (graph: Graph, config: Partial<TrainingConfig> = {}, fed: Partial<Fed> = {}) =>
  compareTraining('onnx', graph, config, fed)

describe('the engine onnx trains as the built-in one', () => {
  test('convolution, batch normalization and pooling', () => compare(cnn()))
  test('a frozen batch normalization', () => compare(frozen(cnn())))
  test('class weights, clipping, regularisation and Adam', () =>
    compare(cnn(), { optimizer: 'adam', clipNorm: 0.5, weightDecay: 0.01 }, { classWeights: [1, 2, 0.5] }))
  test('two outputs with loss weights', () => compare(twoHeads()))
  test.each(optimizerTypes)('the optimizer %s', (optimizer) => compare(ending('linear'), { optimizer, clipValue: 0.2 }))
  test.each(lossTypes)('the loss %s', (loss: LossType) => compare(ending(losses[loss].logitsOf ?? 'linear'), { loss }))

  test('random layers draw by the seed', async () => {
    const b = new Builder()
    let x = b.layer('dropout', { rate: 0.5 }, b.layer('gaussianNoise', { stddev: 0.3 }, b.input([8, 8, 2])))
    x = b.layer('activation', { function: 'rrelu' }, b.layer('spatialDropout', { rate: 0.3 }, x))
    b.layer('dense', { units: 3, activation: 'softmax' }, b.layer('flatten', {}, x))
    const [first, second] = [await train('onnx', b.build(), {}), await train('onnx', b.build(), {})]
    expect(first).toEqual(second)
    expect(first.steps.every(Number.isFinite)).toBe(true)
  })

  test('weights and slots can be read and set between steps, and steps accumulate', async () => {
    const engine = await loadEngine('onnx')
    if (!engine.ok) throw new Error('The engine is not there.')
    const make = () => {
      const compiled = compile(cnn())
      if (!compiled.ok) throw new Error('The network is not there.')
      const model = new Model(compiled.value, engine.value, { ...defaultTraining, optimizer: 'adam' })
      model.initialize()
      return model
    }
    const [first, second] = [make(), make()]
    const x = Float32Array.from({ length: BATCH * 128 }, (_, i) => Math.sin(i))
    const y = Float32Array.from({ length: BATCH * 3 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0))
    const steps = (model: Model) => {
      const losses = [1, 2, 3].map(() => model.trainStep(x, y, BATCH, 0.05).loss)
      model.accumulate(x, y, BATCH, 0.5)
      return [...losses, model.trainStep(x, y, BATCH, 0.05, undefined, 0.5).loss, model.evaluate(x, y, BATCH).loss]
    }
    const begin = steps(first)
    expect(second.setWeights(first.weights())).toEqual([])
    expect(second.optimizer.setState(first.optimizer.state())).toEqual([])
    second.optimizer.step = first.optimizer.step
    expect(first.optimizer.step).toBe(4)
    const [on, taken] = [steps(first), steps(second)]
    expect(taken).toEqual(on)
    expect(on[0]).toBeLessThan(begin[0] ?? 0)
    for (const model of [first, second]) model.dispose()
  })

  test('a step into what is no number leaves everything as it is', async () => {
    const engine = await loadEngine('onnx')
    const compiled = compile(ending('softmax'))
    if (!engine.ok || !compiled.ok) throw new Error('The engine or the network is not there.')
    const model = new Model(compiled.value, engine.value, defaultTraining)
    model.initialize()
    const y = Float32Array.from({ length: 6 }, (_, i) => (i % 3 === 0 ? 1 : 0))
    model.trainStep(new Float32Array(8).fill(1), y, 2, 0.1)
    const before = [...model.weights()].map(([name, w]) => [name, [...w.values]])
    expect(model.trainStep(new Float32Array(8).fill(Number.NaN), y, 2, 0.1).loss).toBeNaN()
    expect([...model.weights()].map(([name, w]) => [name, [...w.values]])).toEqual(before)
    model.dispose()
  })

  test('layers can be watched, and nothing is left behind', async () => {
    const engine = await loadEngine('onnx')
    const compiled = compile(cnn())
    if (!engine.ok || !compiled.ok) throw new Error('The engine or the network is not there.')
    const model = new Model(compiled.value, engine.value, defaultTraining)
    model.initialize()
    const network = model.withOutputsOf(['relu'])
    const x = Float32Array.from({ length: BATCH * 128 }, (_, i) => Math.sin(i))
    const y = Float32Array.from({ length: BATCH * 3 }, (_, i) => (i % 3 === 0 ? 1 : 0))
    const seen: number[][] = []
    const step = () =>
      model.trainStep(x, y, BATCH, 0.01, {
        network,
        outputs: (values) => seen.push(...values.map((v) => v.shape)),
        gradient: () => {},
      })
    step()
    const { numTensors } = tf.memory()
    for (let i = 0; i < 20; i++) step()
    expect(tf.memory().numTensors).toBe(numTensors)
    expect(seen[0]).toEqual([BATCH, 4, 4, 4])
    model.dispose()
  })
})
