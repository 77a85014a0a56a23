import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Fixture, openHost, projectText } from './fixture'

let f: Fixture
beforeEach(async () => {
  f = await openHost()
})
afterEach(() => f.close())

const project = projectText('digits')
const plan = () => f.host.handlers['train.plan']({ project, engine: 'wasm', measureAgain: true })
const start = () => f.host.handlers['train.start']({ project, engine: 'auto' })

test('what is to be expected is asked of the trainer, and data outside the workspace is not read for it', async () => {
  const planned = plan()
  await expect.poll(() => f.recorded.plans).toHaveLength(1)
  expect(f.recorded.plans[0]).toMatchObject({ engine: 'wasm', measureAgain: true, project: { data: 'digits' } })
  await start()
  expect(await planned).toMatchObject({ ok: false })
  const foreign = { project: projectText('csv:/etc/passwd'), engine: 'auto', measureAgain: false } as const
  expect(await f.host.handlers['train.plan'](foreign)).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
  expect(f.recorded.plans).toHaveLength(1)
})

test('beside a run nothing is measured; starting one ends what is being measured', async () => {
  const planned = plan()
  await expect.poll(() => f.recorded.plans).toHaveLength(1)
  expect(await start()).toMatchObject({ ok: true })
  expect(await planned).toMatchObject({ ok: false })
  expect(await plan()).toMatchObject({
    ok: false,
    error: { code: 'busy', message: expect.stringContaining('Stop it') },
  })
})

test('of two that are asked for the later one counts', async () => {
  const [first] = [plan(), plan()]
  expect(await first).toMatchObject({ ok: false })
})
