import { basename } from 'node:path'

export interface TarFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * The plain files of a POSIX tar archive, by their last name: folders and links are left out, so that nothing can lead elsewhere.
 * Blocks of 512 bytes; a header holds the name at 0, the size in octal at 124 and the type at 156.
 */
export function untar(archive: Buffer): readonly TarFile[] {
  const files: TarFile[] = []
  for (let at = 0; at + 512 <= archive.length; ) {
    const text = (from: number, length: number) =>
      archive.toString('latin1', at + from, at + from + length).replace(/\0.*$/s, '')
    const name = basename(text(0, 100))
    const size = Number.parseInt(text(124, 12), 8) || 0
    const type = text(156, 1)
    const start = at + 512
    const plain = (type === '0' || type === '') && name !== '' && name !== '..'
    if (plain && start + size <= archive.length) files.push({ name, bytes: archive.subarray(start, start + size) })
    at = start + Math.ceil(size / 512) * 512
  }
  return files
}
