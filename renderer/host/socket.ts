import type { Host, HostError, RequestName, Requests, ServerFrame } from '#shared/host'
import { err, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { useConnection } from './connection'
import { createListeners } from './listeners'

type Settle = (result: Result<unknown, HostError>) => void

const RETRY_MS = 1000
const lost = err<HostError>({
  code: 'failed',
  message: failure('connectionLost', {}),
})

/**
 * The host over the WebSocket of the loopback server. When the connection breaks, waiting requests fail with a message and the
 * socket is opened again until it answers; the cookie of the page carries the right to talk.
 */
export function connectSocket(url: string): Promise<Host> {
  const listeners = createListeners()
  const pending = new Map<number, Settle>()
  let socket: WebSocket
  let nextId = 1

  const open = (first?: { ready(): void; failed(error: Error): void }): void => {
    let opened = false
    socket = new WebSocket(url)
    socket.addEventListener('open', () => {
      opened = true
      useConnection.setState({ lost: false })
      first?.ready()
    })
    socket.addEventListener('message', (message) => {
      const frame: ServerFrame = JSON.parse(String(message.data))
      if ('event' in frame) return listeners.emit(frame.event, frame.payload)
      pending.get(frame.id)?.(frame.result)
      pending.delete(frame.id)
    })
    socket.addEventListener('close', () => {
      for (const settle of pending.values()) settle(lost)
      pending.clear()
      if (first && !opened) first.failed(new Error(lost.error.message))
      else {
        useConnection.setState({ lost: true })
        setTimeout(() => open(), RETRY_MS)
      }
    })
  }

  const host: Host = {
    request<K extends RequestName>(name: K, args: Requests[K]['args']) {
      return new Promise<Result<Requests[K]['result'], HostError>>((resolve) => {
        if (socket.readyState !== WebSocket.OPEN) return resolve(lost)
        const id = nextId++
        // The host's handlers are typed by the same contract: what comes back under this id is this request's result.
        pending.set(id, (result) => resolve(result as Result<Requests[K]['result'], HostError>))
        socket.send(JSON.stringify({ id, name, args }))
      })
    },
    on: listeners.on,
  }
  return new Promise((resolve, reject) => open({ ready: () => resolve(host), failed: reject }))
}
