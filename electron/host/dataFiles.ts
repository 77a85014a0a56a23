import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { FileKind } from '../dataSpec'

/** What files are by their name; `companion`: they only go with another, as labels go with images. The first match counts. */
const byName: readonly (readonly [RegExp, FileKind | 'companion'])[] = [
  [/^(batches\.meta|fine_label_names|coarse_label_names)\.txt$/i, 'companion'],
  [/\.(csv|tsv|txt|data)$/i, 'csv'],
  [/^(y|labels?|targets?)([_-].*)?\.npy$|[_-](y|labels?|targets?)\.npy$/i, 'companion'],
  [/\.npy$/i, 'npy'],
  [/\.npz$/i, 'npz'],
  [/labels.*idx1.?ubyte(\.gz)?$/i, 'companion'],
  [/idx[1-4].?ubyte(\.gz)?$/i, 'idx'],
  [/^(train|test)\.bin(\.gz)?$/i, 'cifar100'],
  [/\.bin(\.gz)?$/i, 'cifar10'],
]
const picture = /\.(png|jpe?g|webp)$/i

/** What a data file is, by its name; null for none that is known. */
export const kindOfFile = (path: string): FileKind | 'companion' | null =>
  byName.find(([pattern]) => pattern.test(basename(path)))?.[1] ?? null

/** A file that belongs to data, alone or in a folder of such. */
export const isDataName = (name: string): boolean => picture.test(name) || kindOfFile(name) !== null

/** What a folder holds: CIFAR's batches, or a folder of pictures for each class; null for neither, or where it cannot be read. */
export async function kindOfFolder(path: string): Promise<FileKind | null> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  const kinds = entries.filter((e) => e.isFile()).map((e) => kindOfFile(e.name))
  if (kinds.includes('cifar100')) return 'cifar100'
  if (kinds.includes('cifar10')) return 'cifar10'
  for (const e of entries) {
    const names = e.isDirectory() ? await readdir(join(path, e.name)).catch(() => []) : []
    if (names.some((n) => picture.test(n))) return 'images'
  }
  return null
}

/** How many references a list gives at most. */
const MAX_LISTED = 500

/** References to the data in a folder and one level below, with paths behind `prefix`. */
export async function listData(folder: string, prefix: string, deep = true): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const found: string[] = []
  for (const e of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    // An upload under way, or what the system keeps for itself.
    if (e.name.startsWith('.')) continue
    const [path, name] = [join(folder, e.name), `${prefix}/${e.name}`]
    if (e.isFile()) {
      const kind = kindOfFile(e.name)
      if (kind !== null && kind !== 'companion') found.push(`${kind}:${name}`)
    } else if (e.isDirectory()) {
      const kind = await kindOfFolder(path)
      if (kind !== null) found.push(`${kind}:${name}`)
      else if (deep) found.push(...(await listData(path, name, false)))
    }
  }
  return found.slice(0, MAX_LISTED)
}
