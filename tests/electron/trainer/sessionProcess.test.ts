import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TryQuestion } from '#shared/training/try'
import { runTraining } from '../../../electron/trainer/train'
import { type BuiltTrainer, buildTrainer } from './builtTrainer'
import { logistic, project } from './networks'

let built: BuiltTrainer
const run = () => join(built.folder, 'spirals')

beforeAll(async () => {
  built = await buildTrainer({ session: 'electron/trainer/session/index.ts' })
  const job = { project: project(logistic([2], 2), 'spirals', { epochs: 1 }), engine: 'wasm', id: 'spirals' } as const
  const trained = await runTraining({ ...job, folder: run() }, () => {}, new AbortController().signal)
  if (!trained.ok) throw new Error(trained.error.message)
})
afterAll(() => built.remove())

const question: TryQuestion = { sample: { kind: 'cells', cells: ['0.5', '0.1'] }, layer: null, all: false }

test('the process loads the run once and answers many questions, wrong ones too', async () => {
  const session = built.trainer.session(run(), 60_000)
  expect(await session.subject).toMatchObject({ ok: true, value: { shape: [2], labels: ['first', 'second'] } })
  const answers = await Promise.all([
    session.ask(question),
    session.ask({ ...question, sample: { kind: 'cells', cells: ['x', '1'] } }),
    session.ask(question),
  ])
  expect(answers.map((a) => a.ok)).toEqual([true, false, true])
  expect(answers[2]).toEqual(answers[0])
  session.close()
  await session.ended
  expect(await session.ask(question)).toMatchObject({ ok: false, error: { code: 'crashed' } })
})

test('a question that is on its way when the process is killed gets an answer that says so', async () => {
  const session = built.trainer.session(run(), 60_000)
  await session.subject
  const answer = session.ask(question)
  // Asked, and at the same moment killed.
  session.close()
  expect(await answer).toMatchObject({ ok: false, error: { code: 'crashed' } })
  await session.ended
})

test('it ends by itself when nobody asks', async () => {
  const session = built.trainer.session(run(), 50)
  expect(await session.subject).toMatchObject({ ok: true })
  await session.ended
})

test('a folder without a run is told, and the process ends', async () => {
  const session = built.trainer.session(join(built.folder, 'absent'), 60_000)
  expect(await session.subject).toMatchObject({ ok: false, error: { code: 'notFound' } })
  expect(await session.ask(question)).toMatchObject({ ok: false, error: { code: 'notFound' } })
  await session.ended
})
