import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Only what comes from the app's own folder runs; nothing is fetched from elsewhere, nothing embeds the app. */
const policy = (connect: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    // The component kit writes style elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** `connect`: what the page may talk to, as sources of a Content-Security-Policy. */
export const securityHeaders = (connect: string): Record<string, string> => ({
  'Content-Security-Policy': policy(connect),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()',
  'Cache-Control': 'no-cache',
})

/** Compares in constant time, whatever the lengths. */
export function sameToken(a: string, b: string): boolean {
  const digest = (s: string) => createHash('sha256').update(s).digest()
  return timingSafeEqual(digest(a), digest(b))
}

export function cookieOf(request: IncomingMessage, name: string): string {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return ''
}

/** Was the server addressed by a name of its own? A foreign name that resolves to loopback (DNS rebinding) is not. */
export const hostAllowed = (request: IncomingMessage, port: number): boolean =>
  request.headers.host === `127.0.0.1:${port}` || request.headers.host === `localhost:${port}`

/** Does the page that asks come from this very server? A plain address typed by a person carries no Origin. */
export const originAllowed = (request: IncomingMessage, required: boolean): boolean =>
  request.headers.origin === undefined ? !required : request.headers.origin === `http://${request.headers.host}`
