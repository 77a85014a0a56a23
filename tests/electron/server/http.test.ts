import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, type Fixture, openServer } from './fixture'

let f: Fixture
beforeAll(async () => {
  f = await openServer()
})
afterAll(() => f.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  ask(f.server.port, path, { Cookie: f.cookie, ...headers })

test('the printed address gives a cookie, and the cookie gives the page', async () => {
  const first = await ask(f.server.port, `/?token=${f.token}`)
  expect(first.status).toBe(303)
  expect(first.headers.location).toBe('/')
  const cookie = String(first.headers['set-cookie'])
  expect(cookie).toContain('HttpOnly')
  expect(cookie).toContain('SameSite=Strict')
  const page = await ask(f.server.port, '/', { Cookie: cookie.split(';')[0] ?? '' })
  expect(page.status).toBe(200)
  expect(page.body).toContain('<title>page</title>')
  expect((await get('/assets/app.js')).headers['content-type']).toBe('text/javascript; charset=utf-8')
})

test.each([
  ['no token', '/', {}],
  ['a wrong token', '/?token=AAAA', {}],
  ['an empty token', '/?token=', {}],
  ['a wrong cookie', '/', { Cookie: 'netloom=1' }],
  ['an asset without a token', '/assets/app.js', {}],
])('%s is refused', async (_name, path, headers) => {
  const answer = await ask(f.server.port, path, headers)
  expect(answer.status).toBe(401)
  expect(answer.body).toContain('Open the address that Netloom printed')
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test.each([
  '/../secret.js',
  '/assets/../../secret.js',
  '/%2e%2e/secret.js',
  '/..%2fsecret.js',
  '/..%5csecret.js',
  '/%252e%252e%252fsecret.js',
  '/assets/..%2f..%2fsecret.js',
  '//secret.js',
  '/....//secret.js',
  '/index.html%00.js',
  '/link.js',
  '/file:///etc/passwd',
  '/assets/',
  '/assets',
])('%s leads nowhere', async (path) => {
  const answer = await get(path)
  expect(answer.status).toBe(404)
  expect(answer.body).not.toContain('secret\n')
  expect(answer.body).toBe('There is no such file.')
})

test('something that is no address is refused', async () => {
  expect((await get('http://[')).status).toBe(400)
})

test.each([
  ['a name that resolves to this machine', { Host: 'evil.example' }],
  ['the right name with another port', { Host: '127.0.0.1:1' }],
  ['a name that starts like ours', { Host: '127.0.0.1.evil.example' }],
])('Host: %s is refused', async (_name, headers) => {
  expect((await get('/', headers)).status).toBe(403)
})

test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
  'Origin: %s is refused',
  async (Origin) => {
    expect((await get('/', { Origin })).status).toBe(403)
  },
)

test('its own origin is let in', async () => {
  expect((await get('/', { Origin: `http://127.0.0.1:${f.server.port}` })).status).toBe(200)
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
  expect((await ask(f.server.port, '/', { Cookie: f.cookie }, method)).status).toBe(405)
})

test('every answer carries the headers that keep other pages and inline scripts out', async () => {
  for (const answer of [await get('/'), await get('/absent'), await ask(f.server.port, '/')]) {
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  }
})

test('nobody outside this machine can connect', async ({ skip }) => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((i) => i && !i.internal && i.family === 'IPv4')
  if (!outside) return skip('this machine has no address but loopback')
  const refused = await new Promise<boolean>((resolve) => {
    const socket = connect(f.server.port, outside.address)
    socket.on('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.on('error', () => resolve(true))
  })
  expect(refused).toBe(true)
})
