import { EventEmitter } from 'node:events'
import { beforeAll, expect, test, vi } from 'vitest'
import type { Host } from '#shared/host'

const invoked: unknown[][] = []
const ipcRenderer = Object.assign(new EventEmitter(), {
  invoke: async (...args: unknown[]) => {
    invoked.push(args)
    return { ok: true, value: null }
  },
})
const exposed = new Map<string, Host>()
vi.doMock('electron', () => ({
  ipcRenderer,
  contextBridge: { exposeInMainWorld: (name: string, api: Host) => exposed.set(name, api) },
}))
beforeAll(async () => {
  await import('../../../electron/preload')
})
function bridge(): Host {
  const api = exposed.get('netloom')
  if (!api) throw new Error('nothing was exposed')
  return api
}

test('the page gets request and on, and nothing else', () => {
  expect([...exposed.keys()]).toEqual(['netloom'])
  expect(Object.keys(bridge()).sort()).toEqual(['on', 'request'])
})

test('a request goes over the one channel', async () => {
  await bridge().request('train.stop', { runId: 'r' })
  expect(invoked).toEqual([['netloom:request', 'train.stop', { runId: 'r' }]])
})

test('events arrive without anything of Electron, until the listener leaves', () => {
  const received: unknown[][] = []
  const leave = bridge().on('train', (...args) => received.push(args))
  const payload = { runId: 'r', event: { kind: 'failed', message: 'm' } }
  ipcRenderer.emit('netloom:event', { sender: 'secret' }, 'train', payload)
  ipcRenderer.emit('netloom:event', {}, 'another', {})
  leave()
  ipcRenderer.emit('netloom:event', {}, 'train', payload)
  expect(received).toEqual([[payload]])
})
