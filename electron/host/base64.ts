/** The bytes; null for a text that is not base64. */
export function bytesOf(base64: string): Buffer | null {
  const bytes = Buffer.from(base64, 'base64')
  // What Node leaves out was not base64.
  return bytes.toString('base64') === base64 ? bytes : null
}
