import type { z } from 'zod'

/** What this browser keeps of a person's choices under `key`; null where there is nothing, or nothing that fits. */
export function remembered<T>(key: string, schema: z.ZodType<T>): T | null {
  try {
    const text = globalThis.localStorage?.getItem(key) ?? null
    const value = text === null ? null : schema.safeParse(JSON.parse(text))
    return value?.success ? value.data : null
  } catch {
    // Not JSON, or a browser that allows no store: the choice is made anew.
    return null
  }
}

/** False where the browser's store is full or not allowed: the choice then lasts until the page is closed. */
export function remember(key: string, value: unknown): boolean {
  try {
    globalThis.localStorage?.setItem(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}
