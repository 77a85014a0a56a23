import type { Host } from '#shared/host'
import { connectSocket } from './socket'

declare global {
  interface Window {
    /** Put there by Electron's preload script. */
    readonly netloom?: Host
  }
}

/** Electron's bridge where it is, else the WebSocket of the server that served this page. */
export async function connectHost(): Promise<Host> {
  if (window.netloom) return window.netloom
  return connectSocket(`ws://${window.location.host}/host`)
}
