import { err } from '#shared/result'

/** `message`: what is wrong, what was received, what to do. */
export type InstallError = { readonly code: 'cancelled' } | { readonly code: 'failed'; readonly message: string }

export const cancelled = err<InstallError>({ code: 'cancelled' })
export const reasonOf = (e: unknown): string => (e instanceof Error ? e.message : String(e))
