import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { err, ok, type Result } from '#shared/result'
import type { HostCore } from '../host/host'
import { cookieOf, hostAllowed, originAllowed, sameToken, securityHeaders } from './security'
import { createSockets } from './socket'
import { listFiles } from './static'

export interface RunningServer {
  readonly port: number
  /** The address to open once, with the token; the browser keeps a cookie from then on. */
  readonly url: string
  close(): Promise<void>
}

/**
 * The app for a browser on this machine: the files of `root` and the host over a WebSocket, on 127.0.0.1 only. A request must
 * address the server by its own name, come from its own page, and carry the token of this start.
 */
export async function startServer(options: {
  host: HostCore
  root: string
  port: number
}): Promise<Result<RunningServer, string>> {
  const token = randomBytes(32).toString('base64url')
  const files = listFiles(options.root)
  const sockets = createSockets(options.host)
  const server = createServer()
  const port = await listen(server, options.port)
  if (typeof port === 'string') {
    sockets.close()
    return err(port)
  }
  const ownAddress = `http://127.0.0.1:${port}`
  const cookie = `netloom-${port}`
  const headers = securityHeaders(`'self' ws://127.0.0.1:${port} ws://localhost:${port}`)
  const authorized = (request: IncomingMessage) => sameToken(cookieOf(request, cookie), token)

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const say = (status: number, text: string, more: Record<string, string> = {}) => {
      response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8', ...more }).end(text)
    }
    if (!hostAllowed(request, port)) return say(403, 'This server answers to its own address only.')
    if (!originAllowed(request, false)) return say(403, 'This server answers to its own page only.')
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return say(405, 'Only GET is known here.', { Allow: 'GET, HEAD' })
    const target = ownAddress + request.url
    if (!URL.canParse(target)) return say(400, 'This is not an address.')
    const address = new URL(target)
    const given = address.searchParams.get('token')
    if (address.pathname === '/' && given !== null && sameToken(given, token))
      return say(303, '', { Location: '/', 'Set-Cookie': `${cookie}=${token}; Path=/; HttpOnly; SameSite=Strict` })
    if (!authorized(request)) return say(401, 'Open the address that Netloom printed when it started, with its token.')
    const file = files.get(address.pathname)
    if (!file) return say(404, 'There is no such file.')
    const body = await readFile(file.path)
    response.writeHead(200, { ...headers, 'Content-Type': file.type, 'Content-Length': body.length })
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  server.on('request', (request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500, headers)
      response.end()
    })
  })
  server.on('upgrade', (request, socket, head) => {
    const allowed = hostAllowed(request, port) && originAllowed(request, true) && authorized(request)
    if (allowed && request.url === '/host') return sockets.accept(request, socket, head)
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })

  return ok({
    port,
    url: `${ownAddress}/?token=${token}`,
    close: () =>
      new Promise((resolve) => {
        sockets.close()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

/** The port, or why none could be had. */
function listen(server: ReturnType<typeof createServer>, port: number): Promise<number | string> {
  return new Promise((resolve) => {
    server.once('error', (e: NodeJS.ErrnoException) => {
      resolve(
        e.code === 'EADDRINUSE'
          ? `Port ${port} is taken. Choose another with --port, or leave it out for any free one.`
          : `Could not listen on port ${port}: ${e.message}`,
      )
    })
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : `Could not listen on port ${port}.`)
    })
  })
}
