import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { MAX_TEXT, type ServerFrame } from '#shared/host'
import { dispatch } from '../host/dispatch'
import type { HostCore } from '../host/host'

/** Characters outside ASCII take up to three bytes, and quotes are escaped: twice the longest text covers what people send. */
export const MAX_MESSAGE = 2 * MAX_TEXT
/** Close codes of RFC 6455. */
const UNSUPPORTED = 1003
const POLICY = 1008

const frameSchema = z.strictObject({ id: z.int().min(0), name: z.string().max(100), args: z.unknown() })

/** Carries the host over WebSockets that were already let in. */
export function createSockets(host: HostCore) {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false })
  const send = (socket: WebSocket, frame: ServerFrame) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame))
  }
  server.on('connection', (socket) => {
    // A message that is too large or breaks the protocol closes the socket by itself; the error needs no more than that.
    socket.on('error', () => {})
    socket.on('message', async (data, isBinary) => {
      if (isBinary) return socket.close(UNSUPPORTED, 'Text frames only')
      const frame = parseFrame(String(data))
      if (!frame) return socket.close(POLICY, 'Malformed frame')
      send(socket, { id: frame.id, result: await dispatch(host.handlers, frame.name, frame.args) })
    })
  })
  const silence = host.events.listen((event, payload) => {
    for (const socket of server.clients) send(socket, { event, payload })
  })
  return {
    accept: (request: IncomingMessage, stream: Duplex, head: Buffer) =>
      server.handleUpgrade(request, stream, head, (socket) => server.emit('connection', socket, request)),
    close() {
      silence()
      for (const socket of server.clients) socket.terminate()
      server.close()
    },
  }
}

function parseFrame(text: string) {
  try {
    const frame = frameSchema.safeParse(JSON.parse(text))
    return frame.success ? frame.data : undefined
  } catch {
    return undefined
  }
}
