import { expect, test } from 'vitest'
import { attribute } from '../../../../../electron/trainer/engines/tensorflow/compiled/binding'
import { fuseActivations } from '../../../../../electron/trainer/engines/tensorflow/compiled/fuseActivations'
import { TensorFlowGraph } from '../../../../../electron/trainer/engines/tensorflow/compiled/graph'

const uncut = [
  attribute.float('epsilon', 1e-3),
  attribute.float('least', Number.NEGATIVE_INFINITY),
  attribute.float('most', Number.POSITIVE_INFINITY),
]

const fed = (graph: TensorFlowGraph) => {
  const value = () => graph.placeholder('float32', [1])
  return [value(), value(), value(), value()] as const
}

/** A normalization, an activation after it, and the gradients of both. */
function network(activation: 'Relu' | 'Relu6' | 'Elu') {
  const graph = new TensorFlowGraph()
  const [x, scale, offset, d] = fed(graph)
  const normalized = graph.operator('NetloomBatchNorm', [x, scale, offset], uncut)
  const y = graph.operator(activation, [normalized], [])
  const back = graph.operator(`${activation}Grad`, [d, y], [])
  const saved = [scale, offset, `${normalized}:1`, `${normalized}:3`]
  const gradient = graph.operator('NetloomBatchNormGrad', [back, x, ...saved], uncut)
  const after = graph.operator('Square', [y], [])
  return { graph, x, scale, offset, d, normalized, y, back, saved, gradient, after }
}

const fuse = (graph: TensorFlowGraph, results: Readonly<Record<string, string>>) => {
  const fused = fuseActivations({ graph, inputs: [], results: new Map(Object.entries(results)) })
  const node = (name: string) => fused.graph.nodes.find((n) => n.name === name)
  return { node, operators: fused.graph.nodes.map(({ op }) => op), results: Object.fromEntries(fused.results) }
}
const uncutAttributes = { least: { f: Number.NEGATIVE_INFINITY }, most: { f: Number.POSITIVE_INFINITY } }

test.each([
  ['Relu', Number.POSITIVE_INFINITY],
  ['Relu6', 6],
] as const)('%s and its gradient are done by the normalization and its gradient', (activation, most) => {
  const n = network(activation)
  const { node, operators, results } = fuse(n.graph, {
    y: n.y,
    after: n.after,
    dX: n.gradient,
    dScale: `${n.gradient}:1`,
  })
  expect(operators).toEqual([...Array(4).fill('Placeholder'), 'NetloomBatchNorm', 'NetloomBatchNormGrad', 'Square'])
  const attr = { epsilon: { f: 1e-3 }, least: { f: 0 }, most: { f: most } }
  expect(node(n.normalized)).toMatchObject({ input: [n.x, n.scale, n.offset], attr })
  expect(node(n.gradient)).toMatchObject({ input: [n.d, n.x, ...n.saved], attr })
  expect(node(n.after)?.input).toEqual([n.normalized])
  expect(results).toEqual({ y: n.normalized, after: n.after, dX: n.gradient, dScale: `${n.gradient}:1` })
})

test('what does more than to cut off stays', () => {
  const n = network('Elu')
  const results = { after: n.after, dX: n.gradient }
  expect(fuse(n.graph, results)).toMatchObject({ operators: n.graph.nodes.map(({ op }) => op), results })
})

test('a normalization of which the result is fetched or taken by another still gives it', () => {
  const fetched = network('Relu')
  const one = fuse(fetched.graph, { watched: fetched.normalized, dX: fetched.gradient })
  expect(one.operators.filter((op) => op.startsWith('Relu'))).toEqual(['Relu'])
  expect(one.node(fetched.normalized)).toMatchObject({ attr: uncutAttributes })
  expect(one.node(fetched.gradient)).toMatchObject({ attr: { least: { f: 0 } } })

  const taken = network('Relu')
  const other = taken.graph.operator('Sigmoid', [taken.normalized], [])
  const two = fuse(taken.graph, { other, dX: taken.gradient })
  expect(two.node(taken.y)?.op).toBe('Relu')
  expect(two.node(other)?.input).toEqual([taken.normalized])
})

test('the gradient of an activation that somebody else takes is still computed, from what the normalization gives', () => {
  const n = network('Relu')
  const { node } = fuse(n.graph, { masked: n.back, dX: n.gradient })
  expect(node(n.back)?.input).toEqual([n.d, n.normalized])
  expect(node(n.gradient)).toMatchObject({ input: [n.back, n.x, ...n.saved], attr: uncutAttributes })
})

test('the gradient of an activation after another normalization is not mistaken for its own', () => {
  const n = network('Relu')
  const other = n.graph.operator('NetloomBatchNorm', [n.x, n.scale, n.offset], uncut)
  const saved = [n.scale, n.offset, `${other}:1`, `${other}:3`]
  const back = n.graph.operator('ReluGrad', [n.d, n.y], [])
  const gradient = n.graph.operator('NetloomBatchNormGrad', [back, n.x, ...saved], uncut)
  expect(fuse(n.graph, { gradient }).node(gradient)).toMatchObject({
    input: [back, n.x, ...saved],
    attr: uncutAttributes,
  })
})

/** A convolution, ReLU, max pooling, and the gradients of the last two. */
function pooled() {
  const graph = new TensorFlowGraph()
  const [x, kernel, bias, d] = fed(graph)
  const convolved = graph.operator('NetloomConvolution', [x, kernel, bias], uncut)
  const y = graph.operator('Relu', [convolved], [])
  const pool = graph.operator('NetloomMaxPool', [y], uncut)
  const spread = graph.operator('NetloomMaxPoolGrad', [d, y, pool], uncut)
  const back = graph.operator('ReluGrad', [spread, y], [])
  const gradient = graph.operator('NetloomConvolutionKernelGrad', [x, back], uncut)
  return { graph, x, kernel, bias, d, convolved, y, pool, spread, back, gradient }
}

test('ReLU between a convolution and max pooling is done by the convolution, its gradient by that of the pooling', () => {
  const n = pooled()
  const { node, operators, results } = fuse(n.graph, { pool: n.pool, back: n.back, gradient: n.gradient })
  expect(operators.filter((op) => op.startsWith('Relu'))).toEqual([])
  expect(node(n.convolved)).toMatchObject({ input: [n.x, n.kernel, n.bias], attr: { least: { f: 0 } } })
  expect(node(n.pool)).toMatchObject({ input: [n.convolved], attr: uncutAttributes })
  expect(node(n.spread)).toMatchObject({ input: [n.d, n.convolved, n.pool], attr: { least: { f: 0 } } })
  expect(node(n.gradient)?.input).toEqual([n.x, n.spread])
  expect(results).toEqual({ pool: n.pool, back: n.spread, gradient: n.gradient })
})

test('the gradient of a pooling of something else than the activation gives, or that is taken by others, cuts nothing off', () => {
  const shared = pooled()
  const one = fuse(shared.graph, { gradient: shared.gradient, spread: shared.spread })
  expect(one.node(shared.spread)).toMatchObject({ attr: uncutAttributes })
  expect(one.node(shared.back)?.input).toEqual([shared.spread, shared.convolved])

  const n = pooled()
  const other = n.graph.operator('NetloomMaxPoolGrad', [n.d, n.x, n.pool], uncut)
  const back = n.graph.operator('ReluGrad', [other, n.y], [])
  expect(fuse(n.graph, { back }).node(other)).toMatchObject({ attr: uncutAttributes })
})
