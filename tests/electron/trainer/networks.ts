import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import type { Project } from '#shared/project/project'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'

export const project = (graph: Graph, data: string, training: Partial<TrainingConfig> = {}): Project => ({
  name: 'Test',
  graph,
  data,
  training: { ...defaultTraining, ...training },
})

/** Logistic regression. */
export function logistic(shape: readonly number[], classes: number): Graph {
  const b = new Builder()
  let x = b.input(shape)
  if (shape.length > 1) x = b.layer('flatten', {}, x)
  b.layer('softmax', {}, b.layer('dense', { units: classes }, x))
  return b.build()
}

export function smallCnn(shape: readonly number[], classes: number): Graph {
  const b = new Builder()
  let x = b.input(shape)
  x = b.layer('conv2d', { filters: 16, activation: 'relu' }, x)
  x = b.layer('conv2d', { filters: 32, activation: 'relu' }, x)
  x = b.layer('maxPooling2d', {}, x)
  x = b.layer('dropout', { rate: 0.25 }, x)
  x = b.layer('flatten', {}, x)
  x = b.layer('dense', { units: 64, activation: 'relu' }, x)
  b.layer('dense', { units: classes, activation: 'softmax' }, x)
  return b.build()
}

/** A convolution, dropout, a dense layer: everything that draws random numbers, quick to train. */
export function tinyCnn(shape: readonly number[], classes: number): Graph {
  const b = new Builder()
  let x = b.input(shape)
  x = b.layer('conv2d', { filters: 4, strides: [2, 2], activation: 'relu' }, x)
  x = b.layer('maxPooling2d', {}, x)
  x = b.layer('dropout', { rate: 0.25 }, x)
  x = b.layer('flatten', {}, x)
  b.layer('dense', { units: classes, activation: 'softmax' }, x)
  return b.build()
}

export function mlp(inputs: number, outputs: number, units = 16): Graph {
  const b = new Builder()
  const x = b.layer('dense', { units, activation: 'tanh' }, b.input([inputs]))
  b.layer('dense', { units: outputs }, x)
  return b.build()
}

export function linear(inputs: number, outputs: number): Graph {
  const b = new Builder()
  b.layer('dense', { units: outputs }, b.input([inputs]))
  return b.build()
}
