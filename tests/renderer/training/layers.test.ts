import { expect, test } from 'vitest'
import { makeNode } from '#shared/graph/edits'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining } from '#shared/training/config'
import type { LayerStatistics } from '#shared/training/run'
import { applyTrainEvent, newRun, type Run, strangerRun } from '../../../renderer/runs/run'
import { isSameLayer, runNodes, troublesIn } from '../../../renderer/training/layers/runNodes'

const dense = (units: number, name = 'Dense') => makeNode('dense', 'd1', { units }, undefined, name)
const graph = { nodes: [dense(16)], edges: [], groups: [] }
const project = serializeProject({ name: 'x', data: 'digits', training: defaultTraining, graph })
const layer = (node: string, gradient: number): LayerStatistics => ({
  node,
  weights: { count: 100, mean: 0, std: 1, norm: 1, gradient },
  update: 0.001,
  dead: null,
})
const told = (run: Run, ...layers: LayerStatistics[]) =>
  applyTrainEvent(run, { kind: 'statistics', epoch: 1, step: 9, layers })

test('the layers of a run are those that it trained', () => {
  const run = newRun(strangerRun('a').summary, project)
  const trained = runNodes(run).get('d1')
  expect(trained).toMatchObject({ type: 'dense', params: { units: 16 } })
  // A new name is no new layer; other units are.
  expect([dense(16), dense(16, 'Hidden'), dense(8)].map((n) => isSameLayer(n, trained))).toEqual([true, true, false])
  expect(isSameLayer(dense(16), undefined)).toBe(false)
  expect(runNodes({ ...run, project: null }).size).toBe(0)
  expect(runNodes(newRun(strangerRun('b').summary, 'no project')).size).toBe(0)
})

test('troubles are those of the last figures', () => {
  const run = newRun(strangerRun('a').summary, project)
  expect(troublesIn(run).size).toBe(0)
  const bad = told(run, layer('d1', 1e-9), layer('out', 1))
  expect([...troublesIn(bad)]).toEqual([['d1', ['vanishing']]])
  expect(troublesIn(told(bad, layer('d1', 0.5), layer('out', 1))).size).toBe(0)
})
