import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Handlers, HostError } from '#shared/host'
import { err, ok, type Result } from '#shared/result'
import { isFileKind, labelsFile, splitSpec } from '../dataSpec'
import type { Trainer } from '../trainer/client'
import { writeAtomic } from '../writeAtomic'
import { bytesOf } from './base64'
import { kindOfFile, kindOfFolder, listData } from './dataFiles'
import type { Dialogs } from './dialogs'
import { fail, fileError } from './errors'
import { noDialogs } from './files'
import { freshName } from './names'
import { hostErrorOf } from './trainerError'
import { namesIn, type Workspace } from './workspace'

type DataHandlers = Pick<Handlers, 'data.pick' | 'data.list' | 'data.import' | 'data.describe'>

export interface DataAccess {
  readonly handlers: DataHandlers
  /**
   * The data reference of a project, as the training process may have it: built-in data as it is, a file only from the workspace or
   * from a dialog of this session. Relative paths start at the workspace.
   */
  allow(spec: string): Promise<Result<string, HostError>>
}

export function dataHandlers(workspace: Workspace, trainer: Trainer, dialogs: Dialogs | undefined): DataAccess {
  const granted = new Set<string>()

  const find = async (path: string): Promise<Result<string, HostError>> =>
    granted.has(path) ? ok(path) : workspace.inside(path)

  async function allow(spec: string): Promise<Result<string, HostError>> {
    const file = splitSpec(spec)
    if (!file) return ok(spec)
    if (!isFileKind(file.kind)) return fail('invalidRequest', 'unknownReference', { spec: JSON.stringify(spec) })
    const main = await find(file.path)
    const allowed = main.ok ? `${file.kind}:${main.value}${file.options}` : spec
    const labels = main.ok ? labelsFile(allowed) : null
    const inside = labels === null ? main : await find(labels)
    if (inside.ok) return ok(allowed)
    if (inside.error.code !== 'notAllowed') return inside
    const path = labels ?? file.path
    return dialogs
      ? fail('notAllowed', 'dataOutsideChoose', { path })
      : fail('notAllowed', 'dataOutsideUpload', { path, root: workspace.root })
  }

  /** Puts a file beside the others; the same file under the same name is kept once. */
  async function store(name: string, bytes: Buffer): Promise<Result<{ spec: string | null }, HostError>> {
    const kind = kindOfFile(name)
    if (kind === null) return unknownKind(name)
    const stored = (as: string) => ok({ spec: kind === 'companion' ? null : `${kind}:data/${as}` })
    const first = await workspace.entry('data', name)
    if (!first.ok) return first
    if ((await contentOf(first.value))?.equals(bytes)) return stored(name)
    const names = await namesIn(dirname(first.value))
    if (!names.ok) return names
    const free = freshName(name, names.value)
    const path = await workspace.entry('data', free)
    if (!path.ok) return path
    try {
      await writeAtomic(path.value, bytes)
      return stored(free)
    } catch (e) {
      return fileError(e, 'store', JSON.stringify(free))
    }
  }

  return {
    allow,
    handlers: {
      async 'data.pick'({ what }) {
        if (!dialogs) return noDialogs
        const path = await dialogs.openData(what)
        if (path === null) return ok(null)
        const kind = what === 'folder' ? await kindOfFolder(path) : kindOfFile(path)
        if (kind === null || kind === 'companion') return unknownKind(path)
        granted.add(path)
        return ok({ spec: `${kind}:${path}` })
      },
      async 'data.list'() {
        const folder = await workspace.folder('data')
        return folder.ok ? ok(await listData(folder.value, 'data')) : folder
      },
      async 'data.import'({ name, base64 }) {
        const bytes = bytesOf(base64)
        return bytes ? store(name, bytes) : fail('invalidRequest', 'notBase64', { name: JSON.stringify(name) })
      },
      async 'data.describe'({ spec, shares }) {
        const allowed = await allow(spec)
        if (!allowed.ok) return allowed
        const described = await trainer.describe(allowed.value, shares)
        return described.ok ? ok({ ...described.value, spec }) : err(hostErrorOf(described.error))
      },
    },
  }
}

const unknownKind = (path: string) => fail('invalidRequest', 'unknownFile', { name: basename(path) })

async function contentOf(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch {
    return null
  }
}
