import type { EventName, Events } from '#shared/host'

type Listener = <K extends EventName>(name: K, payload: Events[K]) => void

/** What the host tells of its own accord; every transport listens. */
export interface HostEvents {
  /** Returns the way to stop listening. */
  listen(listener: Listener): () => void
}

export function createEvents() {
  const listeners = new Set<Listener>()
  return {
    listen(listener: Listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    emit<K extends EventName>(name: K, payload: Events[K]) {
      for (const listener of listeners) listener(name, payload)
    },
  }
}
