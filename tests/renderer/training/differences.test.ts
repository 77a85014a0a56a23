import { expect, test } from 'vitest'
import { makeNode } from '#shared/graph/edits'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'
import { differences } from '../../../renderer/runs/differences'
import { newRun, strangerRun } from '../../../renderer/runs/run'

function run(training: Partial<TrainingConfig>, filters: readonly number[], engine = 'wasm') {
  const nodes = filters.map((n, i) => makeNode('conv2d', `c${i}`, { filters: n }, undefined, `C${i}`))
  const graph = { nodes, edges: [], groups: [] }
  const project = serializeProject({ name: 'x', data: 'digits', training: { ...defaultTraining, ...training }, graph })
  return newRun({ ...strangerRun('id').summary, engine, data: 'digits' }, project)
}

test('only what differs is listed', () => {
  expect(differences([run({}, [6]), run({}, [6])])).toEqual([])
  expect(differences([run({ learningRate: 0.1 }, [6]), run({}, [16], 'cpu'), run({}, [6])])).toEqual([
    { name: 'learningRate', values: ['0.1', '0.001', '0.001'] },
    { name: 'engine', values: ['wasm', 'cpu', 'wasm'] },
    { name: 'C0 (c0) · filters', values: ['6', '16', '6'] },
  ])
})

test('networks that differ in much are told apart by their size', () => {
  expect(differences([run({}, [1]), run({}, [1, 2, 3, 4])])).toEqual([{ name: 'layers', values: ['1', '4'] }])
})

test('a run without a readable project', () => {
  const broken = { ...run({}, [6]), project: 'no JSON' }
  expect(differences([broken, run({}, [])])).toContainEqual({ name: 'optimizer', values: ['–', 'adam'] })
})
