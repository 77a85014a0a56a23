import { type EventName, type Events, eventSchemas } from '#shared/host'

type Listeners = { readonly [K in EventName]: Set<(payload: Events[K]) => void> }

/** Who listens to which event; payloads are checked on arrival. */
export function createListeners() {
  const listeners: Listeners = { given: new Set(), train: new Set(), engines: new Set() }
  return {
    on<K extends EventName>(name: K, listener: (payload: Events[K]) => void): () => void {
      listeners[name].add(listener)
      return () => listeners[name].delete(listener)
    },
    emit<K extends EventName>(name: K, payload: unknown): void {
      const checked = eventSchemas[name].safeParse(payload)
      if (checked.success) for (const listener of listeners[name]) listener(checked.data)
      else console.error(`The host sent a ${name} event that is not as expected.`, checked.error)
    },
  }
}
