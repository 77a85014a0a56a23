import { expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { applyEdit, makeNode } from '#shared/graph/edits'
import { findNode, type Graph, type GraphNode } from '#shared/graph/graph'
import { infer } from '#shared/graph/infer'
import { allFrozen, mayHaveWeights, settingsFor } from '#shared/training/weightForm'
import { type OwnWeightSettings, weightSettingNames } from '#shared/training/weightSettings'

function network(): Graph {
  const b = new Builder()
  const cells = b.layer('lstm', { units: 4 }, b.input([5, 3]), { id: 'cells' })
  const norm = b.layer('batchNorm', {}, b.layer('dense', { units: 4, useBias: false }, cells, { id: 'plain' }), {
    id: 'norm',
  })
  b.layer('dense', { units: 2 }, b.layer('dropout', {}, norm, { id: 'drop' }), { id: 'out' })
  return b.build()
}
const settled = (id: string, settings: OwnWeightSettings) =>
  applyEdit(network(), { type: 'setWeightSettings', ids: [id], settings })
function shown(graph: Graph, ...ids: string[]) {
  const inference = infer(graph)
  const nodes = ids.flatMap((id) => findNode(graph, id) ?? [])
  return settingsFor(
    nodes,
    nodes.flatMap((n) => inference.node(n.id)?.weights ?? []),
  )
}

test('only what is about the weights of the layer is shown', () => {
  expect(shown(network(), 'norm')).toEqual(['trainable', 'learningRateMultiplier'])
  expect(shown(network(), 'plain')).toEqual([
    'trainable',
    'learningRateMultiplier',
    'kernelInitializer',
    'kernelL1',
    'kernelL2',
  ])
  expect(shown(network(), 'cells')).toContain('recurrentInitializer')
  expect(shown(network(), 'out')).toEqual(expect.arrayContaining(['biasInitializer', 'biasL1', 'biasL2']))
})

test('several layers show what is about any of them', () => {
  expect(shown(network(), 'norm', 'out')).toEqual(shown(network(), 'out'))
  expect(new Set([...shown(network(), 'cells', 'out')]).size).toBe(weightSettingNames.length - 2)
})

test('a scale is shown where an initialiser takes one; what moves weights only where they move', () => {
  expect(shown(settled('plain', { kernelInitializer: 'randomNormal' }), 'plain')).toContain('kernelInitializerScale')
  expect(shown(settled('cells', { recurrentInitializer: 'constant' }), 'cells')).toContain('kernelInitializerScale')
  expect(shown(settled('out', { biasInitializer: 'constant' }), 'out')).toContain('biasInitializerScale')
  expect(shown(settled('out', { trainable: false }), 'out')).toEqual([
    'trainable',
    'kernelInitializer',
    'biasInitializer',
  ])
})

test('a group is frozen when all its layers with weights are', () => {
  const nodes = [makeNode('dense', 'a'), makeNode('dropout', 'b')]
  expect(nodes.map(mayHaveWeights)).toEqual([true, false])
  const frozen: GraphNode[] = nodes.map((n) => ({ ...n, weightSettings: { trainable: n.id !== 'a' } }))
  expect(allFrozen(nodes)).toBe(false)
  expect(allFrozen(frozen)).toBe(true)
  expect(allFrozen(nodes.slice(1))).toBe(false)
})
