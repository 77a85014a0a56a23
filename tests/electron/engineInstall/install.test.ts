import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { findTensorflow } from '../../../electron/engineInstall/findTensorflow'
import { type InstallOptions, installTensorflow } from '../../../electron/engineInstall/install'
import { operatorsVersion } from '../../../electron/engineInstall/operatorSources'
import { createTrainer } from '../../../electron/trainer/client'
import { libtensorflow, place } from './fixture'

const p = place()
const signal = new AbortController().signal

function install(options: Partial<InstallOptions> = {}) {
  const steps: string[] = []
  const done = installTensorflow({
    trainer: createTrainer({ entry: p.path('absent.js') }),
    gpu: false,
    from: libtensorflow(p),
    onStep: (step) => steps.push(step.code),
    signal,
    ...options,
  })
  return { steps, done }
}

/** The engine from before stands, and nothing else is left. */
function expectUntouched(): void {
  expect(readdirSync(p.engines)).toEqual(['tensorflow'])
  expect(existsSync(join(p.engines, 'tensorflow', 'mine'))).toBe(true)
}
const putEarlier = () => p.put(join(p.engines, 'tensorflow', 'mine'))

test('TensorFlow is found in a folder of libtensorflow, and with a Python or its virtual environment', async () => {
  const folder = libtensorflow(p)
  const libraries = ['libtensorflow.so.2', 'libtensorflow_framework.so.2'].map((name) => join(folder, 'lib', name))
  expect(await findTensorflow(folder, signal)).toMatchObject({ ok: true, value: { home: folder, libraries } })
  p.program('python3', `echo '{"home": "${folder}", "version": "2.21.0"}'`)
  for (const from of [undefined, 'python3', p.path('bin', 'python3'), p.path()])
    expect(await findTensorflow(from, signal)).toMatchObject({ ok: true, value: { home: folder, version: '2.21.0' } })
})

test.each([
  ['/no/such/python', /^\/no\/such\/python cannot be used: it is not there\. Name a Python/],
  ['true', /^true cannot be used: it does not answer as a Python does\./],
  ['/usr', /usr cannot be used: it (has no TensorFlow|holds neither a Python)/],
])('from %s there is no TensorFlow, and the reason is said before anything is fetched', async (from, message) => {
  const { steps, done } = install({ from })
  expect(await done).toMatchObject({ ok: false, error: { message: expect.stringMatching(message) } })
  expect(steps).toEqual(['search'])
})

test('without npm it says what is missing, and leaves everything as it was', async () => {
  putEarlier()
  vi.stubEnv('PATH', '/nowhere')
  const { steps, done } = install()
  expect(await done).toMatchObject({ ok: false, error: { message: expect.stringContaining('Install Node.js') } })
  expect(steps).toEqual(['search', 'packages'])
  expectUntouched()
})

test('where npm fetches nothing, its words are the reason', async () => {
  putEarlier()
  p.program(
    'npm',
    'echo "npm error code ENOTFOUND" >&2; echo "npm error network request failed, reason: no such host" >&2; exit 1',
  )
  expect(await install().done).toMatchObject({
    error: {
      message:
        'npm could not fetch @tensorflow/tfjs-node 4.22.0: network request failed, reason: no such host. Check the network and try again.',
    },
  })
  expectUntouched()
})

test.each([
  [
    'is missing',
    'no-such-compiler',
    /The C\+\+ compiler no-such-compiler, which builds the engine, is missing\. Install one/,
  ],
  ['fails', 'false', /could not be compiled for the TensorFlow in .*: it ended with code 1/],
])('where the compiler %s, the earlier engine stays', async (_what, compiler, message) => {
  putEarlier()
  p.program('npm', '')
  vi.stubEnv('CXX', compiler)
  const { steps, done } = install()
  expect(await done).toMatchObject({ error: { message: expect.stringMatching(message) } })
  expect(steps).toEqual(['search', 'packages', 'compile'])
  expectUntouched()
})

test('an engine that fails its test is not taken', async () => {
  putEarlier()
  p.program('npm', '')
  vi.stubEnv('CXX', 'true')
  const { steps, done } = install()
  expect(await done).toMatchObject({
    error: { message: expect.stringMatching(/^The engine failed its test, and nothing of it was kept: .*[^.]\.$/) },
  })
  expect(steps).toEqual(['search', 'packages', 'compile', 'test'])
  expectUntouched()
})

test('installed again, it is compiled for the TensorFlow that it was compiled for, and notes the operators', async () => {
  p.program('npm', '')
  vi.stubEnv('CXX', 'true')
  // A process that finds the engine in order, without computing anything.
  const found = { name: 'tensorflow', version: '2.21.0', device: 'CPU', seconds: 1 }
  const entry = p.put(
    p.path('tested.cjs'),
    `process.on('message', () => process.send({ kind: 'done', value: ${JSON.stringify(found)} }, () => process.exit()))`,
  )
  const trainer = createTrainer({ entry })
  const first = install({ trainer })
  expect(await first.done).toMatchObject({ ok: true })
  expect(first.steps).toEqual(['search', 'packages', 'compile', 'test'])
  // Were the search path asked, it would be for this one, which has none.
  p.program('python3', 'exit 1')
  p.put(
    join(p.engines, 'tensorflow', 'node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node'),
  )
  const again = install({ trainer, from: undefined })
  expect(await again.done).toMatchObject({ ok: true })
  expect(again.steps).toEqual(['packages', 'compile', 'test'])
  const manifest = JSON.parse(readFileSync(join(p.engines, 'tensorflow', 'engine.json'), 'utf8'))
  expect(manifest).toMatchObject({ libraries: [expect.stringContaining(p.path('tf')), expect.anything()] })
  expect(manifest).toMatchObject({ tensorflow: '2.21.0', device: 'CPU', operators: operatorsVersion })
  // One for a GPU is another wish: there the search path is asked.
  p.put(
    join(p.engines, 'tensorflow', 'node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node'),
  )
  p.program('python', 'exit 1')
  const gpu = install({ trainer, from: undefined, gpu: true })
  expect(await gpu.done).toMatchObject({ ok: false })
  expect(gpu.steps).toContain('search')
})

test('cancelled, it ends what it has started and leaves nothing', async () => {
  putEarlier()
  const beat = p.path('beat')
  p.program('npm', `sh -c 'while :; do echo . >> ${beat}; sleep 0.05; done'`)
  const cancel = new AbortController()
  const { done } = install({ signal: cancel.signal })
  await vi.waitUntil(() => existsSync(beat), { timeout: 20_000 })
  cancel.abort()
  expect(await done).toEqual({ ok: false, error: { code: 'cancelled' } })
  expectUntouched()
  const beats = statSync(beat).size
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(statSync(beat).size).toBe(beats)
})
