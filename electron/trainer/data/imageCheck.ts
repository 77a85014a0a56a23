import { open } from 'node:fs/promises'
import { phrase } from '#shared/training/failurePhrases'
import { isSpecial } from './files'

const TAIL = 4096
const pictures = /\.(png|jpe?g|webp)$/i
export const isPicture = (name: string): boolean => pictures.test(name)

/**
 * Does a file look whole? Its first and last bytes are read, not its pixels: thousands of pictures are looked at in seconds. Null where
 * it does, else what is wrong. PNG ends in the chunk IEND, JPEG in FF D9, WebP gives its own length.
 */
export async function imageFault(path: string): Promise<string | null> {
  let file: Awaited<ReturnType<typeof open>> | undefined
  try {
    if (await isSpecial(path)) return phrase('isSpecial', {})
    file = await open(path)
    const { size } = await file.stat()
    const head = Buffer.alloc(12)
    const tail = Buffer.alloc(Math.min(TAIL, size))
    await file.read(head, 0, 12, 0)
    await file.read(tail, 0, tail.length, size - tail.length)
    return faultOf(head, tail, size)
  } catch (e) {
    return e instanceof Error && 'code' in e
      ? phrase('unreadableFor', { code: String(e.code) })
      : phrase('unreadable', {})
  } finally {
    await file?.close()
  }
}

/** The same of a file in memory. */
export function bytesFault(file: Buffer): string | null {
  const head = Buffer.alloc(12)
  file.copy(head)
  return faultOf(head, file.subarray(-TAIL), file.length)
}

const cutShort = phrase('cutShort', {})

/** `head`: the first 12 bytes; `tail`: the last ones; `size`: of the whole file. */
function faultOf(head: Buffer, tail: Buffer, size: number): string | null {
  if (size === 0) return phrase('empty', {})
  const text = head.toString('latin1')
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return tail.includes('IEND') ? null : cutShort
  if (text.startsWith('\xff\xd8\xff')) return tail.includes(Buffer.from([0xff, 0xd9])) ? null : cutShort
  if (text.startsWith('RIFF') && text.endsWith('WEBP')) return size >= head.readUInt32LE(4) + 8 ? null : cutShort
  return phrase('noPicture', {})
}
