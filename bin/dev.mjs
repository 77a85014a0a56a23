// For work on the interface: Vite's server with hot reload, and behind it the host of `netloom serve`.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { prepare, root } from './prepare.mjs'

prepare()
const host = spawn(process.execPath, [join(root, 'bin', 'netloom.mjs'), 'serve', '--port', '0'], {
  stdio: ['inherit', 'pipe', 'inherit'],
})
host.on('exit', (code) => process.exit(code ?? 0))
// The host ends in order and takes this process along.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => host.kill(signal))
const address = await new Promise((resolve) => {
  host.stdout.on('data', (text) => {
    const found = /http:\S+/.exec(text)
    if (found) resolve(new URL(found[0]))
  })
})
// The proxy speaks for the page, which has neither the token nor the address of the host.
const headers = { Origin: address.origin, Cookie: `netloom-${address.port}=${address.searchParams.get('token')}` }
const { createServer } = await import('vite')
const server = await createServer({
  configFile: join(root, 'vite.config.ts'),
  server: {
    host: '127.0.0.1',
    proxy: { '^/host$': { target: address.origin, ws: true, changeOrigin: true, headers } },
  },
})
await server.listen()
server.printUrls()
