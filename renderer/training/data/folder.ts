import { MAX_FOLDER_DEPTH } from '#shared/host'

/** A folder as a page is given it: its files with the folders within it that lead there. */
export interface Folder {
  readonly name: string
  readonly files: readonly { readonly path: readonly string[]; readonly file: File }[]
}

/** What the system keeps for itself, and what lies deeper than any data does, is left out. */
const belongs = (path: readonly string[]): boolean =>
  path.length > 0 && path.length <= MAX_FOLDER_DEPTH && !path.some((name) => name.startsWith('.'))

/** That of a chooser of folders, whose files carry their path; null for an empty one. */
export function chosenFolder(files: readonly File[]): Folder | null {
  const name = files[0]?.webkitRelativePath.split('/')[0]
  if (!name) return null
  const all = files.map((file) => ({ path: file.webkitRelativePath.split('/').slice(1), file }))
  return { name, files: all.filter(({ path }) => belongs(path)) }
}

/** What was dropped: the first folder among it, else the files. To be called while the drop is handled. */
export async function dropped(transfer: DataTransfer): Promise<Folder | readonly File[]> {
  // The list is gone once the handler has returned.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry())
  const files = [...transfer.files]
  const folder = entries.find((e): e is FileSystemDirectoryEntry => e?.isDirectory === true)
  return folder ? { name: folder.name, files: await filesIn(folder, []) } : files
}

async function filesIn(folder: FileSystemDirectoryEntry, above: readonly string[]): Promise<Folder['files']> {
  const found: Folder['files'][number][] = []
  for (const entry of await entriesOf(folder)) {
    const path = [...above, entry.name]
    if (!belongs(path)) continue
    if (isFolder(entry)) found.push(...(await filesIn(entry, path)))
    else if (isFile(entry)) found.push({ path, file: await new Promise<File>((done, no) => entry.file(done, no)) })
  }
  return found
}

const isFolder = (e: FileSystemEntry): e is FileSystemDirectoryEntry => e.isDirectory
const isFile = (e: FileSystemEntry): e is FileSystemFileEntry => e.isFile

/** A reader gives them in parts, and nothing at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const part = await new Promise<readonly FileSystemEntry[]>((done, no) => reader.readEntries(done, no))
    if (part.length === 0) return all
    all.push(...part)
  }
}
