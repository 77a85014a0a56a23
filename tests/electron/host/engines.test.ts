import { existsSync, readdirSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { engineHandlers } from '../../../electron/host/engines'
import { createEvents } from '../../../electron/host/events'
import { createTrainer } from '../../../electron/trainer/client'
import { place } from '../engineInstall/fixture'

const p = place()

function open() {
  const events = createEvents()
  const told: unknown[] = []
  events.listen((name, payload) => name === 'engines' && told.push(payload))
  const trainer = createTrainer({ entry: p.path('absent.js') })
  return { ...engineHandlers({ trainer, dialogs: undefined, events }), told }
}
const plain = { engine: 'tensorflow', gpu: false, choose: false } as const

test('one installation at a time, which tells of its steps and can be cancelled', async () => {
  p.program('npm', `touch ${p.path('begun')}; sleep 600`)
  const { handlers, told } = open()
  const first = handlers['engines.install'](plain)
  await vi.waitUntil(() => existsSync(p.path('begun')), { timeout: 20_000 })
  expect(await handlers['engines.install'](plain)).toMatchObject({ ok: false, error: { code: 'busy' } })
  await handlers['engines.cancel']({})
  expect(await first).toEqual({ ok: true, value: null })
  expect(told).toEqual([{ step: { code: 'packages', values: expect.anything() } }, { step: null }])
  expect(readdirSync(p.engines)).toEqual([])
})

test('the host that closes cancels it', async () => {
  p.program('npm', `touch ${p.path('begun')}; sleep 600`)
  const { handlers, close } = open()
  const install = handlers['engines.install'](plain)
  await vi.waitUntil(() => existsSync(p.path('begun')), { timeout: 20_000 })
  await close()
  expect(await install).toEqual({ ok: true, value: null })
  expect(readdirSync(p.engines)).toEqual([])
})

test('a TensorFlow is chosen in a dialog only, and what fails comes with its reason', async () => {
  p.program('npm', 'echo "npm error network no such host" >&2; exit 1')
  const { handlers } = open()
  expect(await handlers['engines.install']({ ...plain, choose: true })).toMatchObject({
    ok: false,
    error: { code: 'notAllowed' },
  })
  expect(await handlers['engines.install'](plain)).toMatchObject({
    ok: false,
    error: { code: 'failed', message: expect.stringContaining('no such host') },
  })
  expect(await handlers['engines.remove']({ engine: 'tensorflow' })).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('There is nothing to remove.') },
  })
})
