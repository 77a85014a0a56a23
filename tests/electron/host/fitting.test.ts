import { writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Graph } from '#shared/graph/graph'
import { serializeProject } from '#shared/project/serialize'
import { runTraining } from '../../../electron/trainer/train'
import { logistic, project } from '../trainer/networks'
import { type Fixture, openHost } from './fixture'

let f: Fixture
beforeAll(async () => {
  f = await openHost()
  await mkdir(join(f.workspace, 'runs'))
  writeFileSync(join(f.workspace, 'points.csv'), '1,2,a\n3,4,b\n5,6,a\n7,8,b\n')
  for (const id of ['first', 'second']) {
    const settings = { epochs: 1, batchSize: 2, validationSplit: 0 }
    const trained = project(logistic([2], 2), `csv:${join(f.workspace, 'points.csv')}`, settings)
    const job = { project: trained, engine: 'wasm', folder: join(f.workspace, 'runs', id), id } as const
    expect(await runTraining(job, () => {}, new AbortController().signal)).toMatchObject({ ok: true })
  }
  // A run that was lost before its first checkpoint has nothing to lend, and other folders are no runs.
  await mkdir(join(f.workspace, 'runs', 'empty'))
})
afterAll(() => f.close())

const text = (graph: Graph) => serializeProject(project(graph, 'digits'))
const fitting = (graph: Graph) => f.host.handlers['runs.fitting']({ project: text(graph) })

test('the runs whose weights fit are told, newest first, with how many', async () => {
  const found = await fitting(logistic([2], 2))
  expect(found).toEqual({
    ok: true,
    value: [
      { id: 'second', taken: 2, all: 2 },
      { id: 'first', taken: 2, all: 2 },
    ],
  })
  // Of three inputs the kernel is another, the bias is the same.
  expect(await fitting(logistic([3], 2))).toMatchObject({ ok: true, value: [{ taken: 1, all: 2 }, {}] })
  expect(await fitting(logistic([3], 4))).toEqual({ ok: true, value: [] })
  expect(await f.host.handlers['runs.fitting']({ project: '{' })).toMatchObject({ error: { code: 'invalidProject' } })
})

test('a training begins with the weights of a run of the workspace, and of no other folder', async () => {
  const start = (startFrom: string) =>
    f.host.handlers['train.start']({ project: text(logistic([2], 2)), engine: 'auto', startFrom })
  expect(await start('../elsewhere')).toMatchObject({ ok: false, error: { code: 'invalidRequest' } })
  expect(await start('second')).toMatchObject({ ok: true })
  expect(f.recorded.jobs.map((job) => job.init)).toEqual([join(f.workspace, 'runs', 'second')])
})
