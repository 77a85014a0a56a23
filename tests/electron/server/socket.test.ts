import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { MAX_TEXT } from '#shared/host'
import { MAX_MESSAGE } from '../../../electron/server/socket'
import { type Fixture, openServer } from './fixture'

let f: Fixture
beforeAll(async () => {
  f = await openServer()
})
afterAll(() => f.close())

interface Dial {
  readonly path?: string
  readonly headers?: Record<string, string>
}

/** Opens a socket as our page would, but for what the test changes; gives the status where it is refused. */
const dial = ({ path = '/host', headers = {} }: Dial = {}): Promise<WebSocket | number> =>
  new Promise((resolve, reject) => {
    const origin = `http://127.0.0.1:${f.server.port}`
    const socket = new WebSocket(`ws://127.0.0.1:${f.server.port}${path}`, {
      headers: { Cookie: f.cookie, Origin: origin, ...headers },
    })
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', reject)
  })

async function open(): Promise<WebSocket> {
  const socket = await dial()
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  return socket
}
const next = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))))
const closing = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve))

async function answerTo(frame: unknown): Promise<unknown> {
  const socket = await open()
  const answer = next(socket)
  socket.send(JSON.stringify(frame))
  const received = await answer
  socket.close()
  return received
}

test('a request is answered under its id', async () => {
  expect(await answerTo({ id: 7, name: 'app.info', args: {} })).toMatchObject({
    id: 7,
    result: { ok: true, value: { dialogs: false, platform: process.platform } },
  })
})

test('events reach every open page', async () => {
  const sockets = [await open(), await open()]
  const received = Promise.all(sockets.map(next))
  const payload = { runId: 'r', event: { kind: 'failed', message: 'm' } } as const
  f.events.emit('train', payload)
  expect(await received).toEqual([
    { event: 'train', payload },
    { event: 'train', payload },
  ])
  for (const s of sockets) s.close()
})

test.each<[string, Dial]>([
  ['a foreign origin', { headers: { Origin: 'http://evil.example' } }],
  ['an opaque origin', { headers: { Origin: 'null' } }],
  ['no origin', { headers: { Origin: '' } }],
  ['a foreign host', { headers: { Host: 'evil.example', Origin: 'http://evil.example' } }],
  ['no cookie', { headers: { Cookie: '' } }],
  ['a wrong cookie', { headers: { Cookie: 'netloom=x' } }],
  ['the token in the address instead of the cookie', { headers: { Cookie: '' }, path: '/host?token=x' }],
  ['another path', { path: '/other' }],
])('%s is refused', async (_name, how) => {
  expect(await dial(how)).toBe(403)
})

test.each([
  ['an unknown request', { id: 1, name: 'shell.run', args: {} }],
  ['an inherited name', { id: 1, name: 'constructor', args: {} }],
  ['__proto__ as a name', { id: 1, name: '__proto__', args: {} }],
  ['missing arguments', { id: 1, name: 'file.read', args: {} }],
  ['arguments of the wrong kind', { id: 1, name: 'file.read', args: { ref: 5 } }],
  ['arguments beyond those listed', { id: 1, name: 'app.info', args: { path: '/etc/passwd' } }],
])('%s: an answer that says so', async (_name, frame) => {
  expect(await answerTo(frame)).toMatchObject({ id: 1, result: { ok: false, error: { code: 'invalidRequest' } } })
})

test('arguments with a __proto__ key are refused and change nothing', async () => {
  const socket = await open()
  const answer = next(socket)
  socket.send('{"id":1,"name":"app.info","args":{"__proto__":{"polluted":true}}}')
  expect(await answer).toMatchObject({ id: 1, result: { ok: false } })
  expect('polluted' in {}).toBe(false)
  socket.close()
})

test('a text beyond its limit is refused with an answer', async () => {
  const frame = { id: 3, name: 'file.saveAs', args: { name: 'Net', text: 'x'.repeat(MAX_TEXT + 1) } }
  expect(await answerTo(frame)).toMatchObject({ id: 3, result: { ok: false, error: { code: 'invalidRequest' } } })
})

test('arguments that nest without end are refused with an answer', async () => {
  const socket = await open()
  const answer = next(socket)
  socket.send(`{"id":4,"name":"app.info","args":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
  expect(await answer).toMatchObject({ id: 4, result: { ok: false, error: { code: 'invalidRequest' } } })
  socket.close()
})

test.each([
  ['no JSON', '{"id":1,'],
  ['no object', '[]'],
  ['no id', '{"name":"app.info","args":{}}'],
  ['no arguments', '{"id":1,"name":"app.info"}'],
  ['a fractional id', '{"id":1.5,"name":"app.info","args":{}}'],
  ['a negative id', '{"id":-1,"name":"app.info","args":{}}'],
  ['a name that is no text', '{"id":1,"name":{},"args":{}}'],
  ['an extra key', '{"id":1,"name":"app.info","args":{},"as":"root"}'],
])('a frame with %s closes the socket', async (_name, text) => {
  const socket = await open()
  const code = closing(socket)
  socket.send(text)
  expect(await code).toBe(1008)
})

test('a binary frame closes the socket', async () => {
  const socket = await open()
  const code = closing(socket)
  socket.send(Buffer.from([1, 2, 3]))
  expect(await code).toBe(1003)
})

test('a message beyond the limit closes the socket, and the server goes on', async () => {
  const socket = await open()
  const code = closing(socket)
  socket.send('x'.repeat(MAX_MESSAGE + 1))
  expect(await code).toBe(1009)
  expect(await answerTo({ id: 2, name: 'app.info', args: {} })).toMatchObject({ id: 2, result: { ok: true } })
})
