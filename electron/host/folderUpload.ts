import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Handlers, type HostError, MAX_FOLDER_BYTES, MAX_FOLDER_FILES } from '#shared/host'
import { ok, type Result } from '#shared/result'
import { writeAtomic } from '../writeAtomic'
import { bytesOf } from './base64'
import { isDataName, kindOfFolder, listData } from './dataFiles'
import { fail, fileError } from './errors'
import { checkName, freshName } from './names'
import { namesIn, type Workspace } from './workspace'

type FolderHandlers = Pick<Handlers, 'data.beginFolder' | 'data.addFile' | 'data.endFolder'>

interface Upload {
  readonly id: string
  readonly name: string
  /** Hidden until all of it is there. */
  readonly path: string
  files: number
  bytes: number
}

/** Folders that a page uploads file by file: what is not brought to its end is never seen. One at a time. */
export function folderUploads(workspace: Workspace): { readonly handlers: FolderHandlers; close(): Promise<void> } {
  let active: Upload | null = null

  async function discard(): Promise<void> {
    const left = active
    active = null
    if (left) await rm(left.path, { recursive: true, force: true })
  }

  /** The folder in its place, under a name that is free. */
  async function settle({ name, path }: Upload): Promise<Result<{ spec: string }, HostError>> {
    const data = await workspace.folder('data')
    if (!data.ok) return data
    const taken = await namesIn(data.value)
    if (!taken.ok) return taken
    const free = freshName(name, taken.value)
    const kind = await kindOfFolder(path)
    const [spec] = kind === null ? await listData(path, `data/${free}`) : [`${kind}:data/${free}`]
    if (spec === undefined) return fail('invalidRequest', 'noDataFolder', { name: JSON.stringify(name) })
    try {
      await rename(path, join(data.value, free))
      return ok({ spec })
    } catch (e) {
      return fileError(e, 'store', JSON.stringify(free))
    }
  }

  return {
    handlers: {
      async 'data.beginFolder'({ name, files, bytes }) {
        const checked = checkName(name)
        if (!checked.ok) return checked
        const limits = { name: JSON.stringify(name), root: workspace.root }
        if (files > MAX_FOLDER_FILES)
          return fail('invalidRequest', 'manyFiles', { ...limits, count: files, max: MAX_FOLDER_FILES })
        if (bytes > MAX_FOLDER_BYTES)
          return fail('invalidRequest', 'largeFolder', { ...limits, max: MAX_FOLDER_BYTES / 1e9 })
        const data = await workspace.folder('data')
        if (!data.ok) return data
        await discard()
        const id = randomUUID()
        active = { id, name, path: join(data.value, `.${id}`), files, bytes }
        return ok({ id })
      },
      async 'data.addFile'({ id, path, base64 }) {
        if (active?.id !== id) return uploadOver
        const names = path.map(checkName)
        const wrong = names.find((n) => !n.ok)
        if (wrong && !wrong.ok) return wrong
        if (!isDataName(path.at(-1) ?? '')) return ok({ kept: false })
        const bytes = bytesOf(base64)
        if (!bytes) return fail('invalidRequest', 'notBase64', { name: JSON.stringify(path.at(-1)) })
        active.files -= 1
        active.bytes -= bytes.length
        // More than was said at the beginning, by which it was let in.
        if (active.files < 0 || active.bytes < 0) return uploadOver
        const folder = join(active.path, ...path.slice(0, -1))
        try {
          await mkdir(folder, { recursive: true })
          await writeAtomic(join(folder, path.at(-1) ?? ''), bytes)
          return ok({ kept: true })
        } catch (e) {
          return fileError(e, 'store', JSON.stringify(path.join('/')))
        }
      },
      async 'data.endFolder'({ id, keep }) {
        if (active?.id !== id) return uploadOver
        const settled = keep ? await settle(active) : ok(null)
        await discard()
        return settled
      },
    },
    close: discard,
  }
}

const uploadOver = fail('notFound', 'uploadOver', {})
