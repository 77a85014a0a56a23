import { expect, test } from 'vitest'
import { applyEdit, applyEdits, makeNode } from '#shared/graph/edits'
import { findNode, type Graph } from '#shared/graph/graph'
import { createInference, infer } from '#shared/graph/infer'
import { parseProject } from '#shared/project/parse'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining } from '#shared/training/config'
import { type OwnWeightSettings, roleOf } from '#shared/training/weightSettings'

const graph: Graph = {
  nodes: [
    makeNode('input', 'in', { shape: [8, 8, 3] }),
    makeNode('conv2d', 'conv', { filters: 4 }),
    makeNode('batchNorm', 'norm'),
  ],
  edges: [
    { source: 'in', sourcePort: 0, target: 'conv', targetPort: 0 },
    { source: 'conv', sourcePort: 0, target: 'norm', targetPort: 0 },
  ],
  groups: [],
}
const set = (g: Graph, settings: OwnWeightSettings, ...ids: string[]): Graph =>
  applyEdit(g, { type: 'setWeightSettings', ids, settings })
const own = (g: Graph, id: string) => findNode(g, id)?.weightSettings

test('a layer carries only what is not as it comes', () => {
  const frozen = set(graph, { trainable: false, kernelL2: 0.01 }, 'conv', 'norm')
  expect(own(frozen, 'conv')).toEqual({ trainable: false, kernelL2: 0.01 })
  const partly = set(frozen, { trainable: true }, 'conv')
  expect(own(partly, 'conv')).toEqual({ kernelL2: 0.01 })
  expect(set(partly, { kernelL2: 0 }, 'conv').nodes.at(1)).toEqual(graph.nodes.at(1))
  expect(set(graph, { trainable: false }, 'nobody')).toBe(graph)
})

test('the parameters of a frozen layer are not trainable, and count at once', () => {
  const engine = createInference()
  expect(engine.update(graph).totals.params).toEqual({ trainable: 112 + 8, nonTrainable: 8, total: 128 })
  const frozen = set(graph, { trainable: false }, 'conv')
  const after = engine.update(frozen)
  expect(after.totals.params).toEqual({ trainable: 8, nonTrainable: 120, total: 128 })
  expect(after.node('conv')?.weights.map((w) => w.trainable)).toEqual([false, false])
  expect(after.node('conv')?.problems).toEqual([])
  expect(after.totals).toEqual(infer(frozen).totals)
  expect(engine.update(set(frozen, { trainable: true }, 'conv')).totals.params.trainable).toBe(120)
})

test('a setting outside its limits is a problem of the layer', () => {
  const problems = infer(set(graph, { learningRateMultiplier: -1 }, 'conv')).problems()
  expect(problems.map((p) => [p.nodeId, p.field, p.message])).toEqual([
    ['conv', 'learningRateMultiplier', 'learningRateMultiplier must lie between 0 and 1000. Received: -1.'],
  ])
})

test('a file keeps the settings in the order of the fields, and refuses others', () => {
  const settings = applyEdits(graph, [
    { type: 'setWeightSettings', ids: ['conv'], settings: { kernelL2: 0.001, kernelInitializer: 'heNormal' } },
    { type: 'setWeightSettings', ids: ['conv'], settings: { trainable: false } },
  ])
  const project = { name: 'P', data: '', training: defaultTraining, graph: settings }
  const text = serializeProject(project)
  expect(text).toContain('"weightSettings":{"trainable":false,"kernelInitializer":"heNormal","kernelL2":0.001}')
  expect(text.match(/weightSettings/g)).toHaveLength(1)
  expect(parseProject(text)).toEqual({ ok: true, value: project })
  const refused = parseProject(text.replace('"trainable":false', '"trainable":"no"'))
  expect(refused.ok ? null : refused.error).toMatchObject({
    code: 'invalid',
    path: 'graph.nodes[1].weightSettings.trainable',
  })
})

test.each([
  ['kernel', 'kernel'],
  ['depthwiseKernel', 'kernel'],
  ['pointwiseKernel', 'kernel'],
  ['embeddings', 'kernel'],
  ['recurrentKernel', 'recurrent'],
  ['backwardRecurrentKernel', 'recurrent'],
  ['forwardBias', 'bias'],
  ['bias', 'bias'],
  ['gamma', 'other'],
  ['movingVariance', 'other'],
  ['alpha', 'other'],
])('the weight %s is a %s', (name, role) => {
  expect(roleOf({ name })).toBe(role)
})
