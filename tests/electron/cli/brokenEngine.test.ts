import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planSchema } from '#shared/training/plan'
import { netloom } from './netloom'

const folder = mkdtempSync(join(tmpdir(), 'netloom-broken-'))
beforeAll(() => {
  writeFileSync(join(folder, 'points.csv'), Array.from({ length: 40 }, (_, i) => `${i % 7},${i % 2}`).join('\n'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const network = ['mlp', '--data', 'csv:points.csv']

/** Files that make an engine whole, of which the one that is loaded does as it is told. */
function putEngine(engines: string, manifest: string, main: string): void {
  const engine = join(engines, 'tensorflow')
  const addon = join(engine, 'node_modules', '@tensorflow', 'tfjs-node')
  const files = {
    [join(engine, 'engine.json')]: manifest,
    [join(addon, 'package.json')]: '{"main":"index.js"}',
    [join(addon, 'index.js')]: main,
    [join(addon, 'lib', 'napi-v8', 'tfjs_binding.node')]: '',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}
const whole = '{"package":"@tensorflow/tfjs-node","libraries":[],"tensorflow":"2.21.0","device":"CPU"}'

test.each([
  ['is damaged', '{', '', /engine\.json is missing or damaged/],
  ['does not load', whole, 'throw new Error("no such processor")', /no such processor/],
  ['ends its process', whole, 'process.kill(process.pid, "SIGSEGV")', /SIGSEGV/],
])('an engine that %s: its reason is told, and the next one trains', async (fault, manifest, main, reason) => {
  // Each in a folder of its own: what was measured is remembered there.
  const engines = join(folder, fault)
  putEngine(engines, manifest, main)
  const run = (...args: string[]) => netloom(args, { cwd: folder, env: { NETLOOM_ENGINES: engines } })
  const listed = await run('engines')
  expect(listed.code).toBe(0)
  // That it cannot be loaded shows when it is.
  if (manifest !== whole) expect(listed.stdout).toMatch(reason)
  const tried = await run('engines', 'test', 'tensorflow')
  expect(tried.code).toBe(1)
  expect(tried.stdout + tried.stderr).toMatch(reason)

  if (manifest === whole) {
    const planned = await run('train', ...network, '--epochs', '100000', '--plan', '--json')
    expect(planned.stderr).toBe('')
    const { engine: chosen, trials } = planSchema.parse(JSON.parse(planned.stdout))
    expect(chosen).not.toBe('tensorflow')
    expect(trials.find((t) => t.engine === 'tensorflow')).toMatchObject({ reason: expect.stringMatching(reason) })
  }

  // One that is over in seconds, for which nothing is measured.
  const trained = await run('train', ...network, '--epochs', '2')
  expect(trained.stderr).toBe('')
  expect(trained.code).toBe(0)
  expect(trained.stdout).toMatch(/engine (onnx|wasm)/)
})
