import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { planSchema } from '#shared/training/plan'
import { netloom } from './netloom'

const folder = mkdtempSync(join(tmpdir(), 'netloom-plan-'))
afterAll(() => rmSync(folder, { recursive: true }))

const plan = (...args: string[]) =>
  netloom(['train', 'mlp', '--data', 'digits', '--plan', ...args], { cwd: folder, env: { NETLOOM_ENGINES: folder } })

test('train --plan says what is to be expected, for people and as JSON, and trains nothing', async () => {
  const said = await plan()
  expect(said.code).toBe(0)
  expect(said.stdout).toMatch(
    /^Engines, measured on this network:\n( {2}\w+ .+\n)+Engine: \w+\nExpected: .+ per epoch, /,
  )
  const json = await plan('--json')
  const parsed = planSchema.parse(JSON.parse(json.stdout))
  expect(parsed).toMatchObject({ remembered: true, batchSize: 64, largestBatch: 4800 })
  expect(said.stdout).toContain(`Engine: ${parsed.engine}\n`)
  expect(existsSync(join(folder, 'runs'))).toBe(false)
}, 300_000)

test('with an engine that is named, only that one is measured', async () => {
  const json = await plan('--engine', 'wasm', '--json')
  expect(planSchema.parse(JSON.parse(json.stdout))).toMatchObject({
    engine: 'wasm',
    trials: [{ engine: 'wasm', outcome: 'measured' }],
  })
}, 180_000)

test('a batch that no memory holds is refused before the run, with the largest that does', async () => {
  const args = ['train', 'vgg16', '--data', 'digits', '--set', 'input=224x224x1', '--batch-size', '65536']
  const refused = await netloom(args, { cwd: folder, env: { NETLOOM_ENGINES: folder } })
  expect(refused.code).toBe(1)
  expect(refused.stderr).toMatch(
    /memory: it takes \d+.* GB at least, and .* GB are free\. Use a batch of \d+ or less\./,
  )
}, 120_000)
