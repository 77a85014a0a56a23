import { expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { fittingWeights } from '#shared/training/startFrom'

/** Two dense layers with kernel and bias each. */
function perceptron(inputs: number, hidden: number, classes: number): Graph {
  const b = new Builder()
  const x = b.layer('dense', { units: hidden, activation: 'relu' }, b.input([inputs]))
  b.layer('dense', { units: classes, activation: 'softmax' }, x)
  return b.build()
}

test('weights of the same name and shape are counted', () => {
  const net = perceptron(4, 8, 3)
  expect(fittingWeights(net, net)).toEqual({ taken: 4, all: 4 })
  // Of another number of classes, the first layer alone fits; of other inputs, all but the first kernel.
  expect(fittingWeights(net, perceptron(4, 8, 5))).toEqual({ taken: 2, all: 4 })
  expect(fittingWeights(net, perceptron(5, 8, 3))).toEqual({ taken: 3, all: 4 })
  expect(fittingWeights(net, { nodes: [], edges: [], groups: [] })).toEqual({ taken: 0, all: 4 })
})

test('weights that layers share count once', () => {
  const net = perceptron(8, 8, 8)
  const [, first, second] = net.nodes
  if (!first || !second) throw new Error('The network has two dense layers.')
  const shared = { ...net, nodes: net.nodes.map((n) => (n === second ? { ...n, sharedWith: first.id } : n)) }
  expect(fittingWeights(shared, net)).toEqual({ taken: 2, all: 2 })
})
