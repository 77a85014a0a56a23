import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type FileRef, type Handlers, type HostError, MAX_TEXT, type OpenedFile } from '#shared/host'
import { ok, type Result } from '#shared/result'
import { writeAtomic } from '../writeAtomic'
import type { Dialogs } from './dialogs'
import { fail, fileError } from './errors'
import type { Grants } from './grants'
import { checkName, freshName } from './names'
import { modified, namesIn, type Workspace } from './workspace'

const EXTENSION = '.netloom'
const IN_WORKSPACE = 'workspace:'

type FileHandlers = Pick<Handlers, 'file.open' | 'file.read' | 'file.save' | 'file.saveAs' | 'file.list'>

/** Opening and saving projects. A reference is a name in the workspace, or a handle for a path that came from a dialog. */
export function fileHandlers(workspace: Workspace, dialogs: Dialogs | undefined, grants: Grants): FileHandlers {
  async function pathOf(ref: FileRef): Promise<Result<string, HostError>> {
    if (ref.startsWith(IN_WORKSPACE)) {
      const name = ref.slice(IN_WORKSPACE.length)
      if (!name.endsWith(EXTENSION)) return fail('notAllowed', 'notProjectFile', { name: JSON.stringify(name) })
      return workspace.entry('.', name)
    }
    const path = grants.pathOf(ref)
    return path === undefined ? fail('notAllowed', 'notGranted', {}) : ok(path)
  }

  async function read(ref: FileRef): Promise<Result<OpenedFile, HostError>> {
    const path = await pathOf(ref)
    if (!path.ok) return path
    const name = basename(path.value)
    try {
      const { size } = await stat(path.value)
      if (size > MAX_TEXT) return fail('invalidProject', 'projectTooLarge', { name, size, max: MAX_TEXT })
      return ok({ ref, name, text: await readFile(path.value, 'utf8') })
    } catch (e) {
      return fileError(e, 'open', JSON.stringify(name))
    }
  }

  async function write(
    ref: FileRef,
    path: string,
    text: string,
  ): Promise<Result<{ ref: FileRef; name: string }, HostError>> {
    try {
      await writeAtomic(path, text)
      return ok({ ref, name: basename(path) })
    } catch (e) {
      return fileError(e, 'save', JSON.stringify(basename(path)))
    }
  }

  return {
    async 'file.open'() {
      if (!dialogs) return noDialogs
      const path = await dialogs.openProject()
      return path === null ? ok(null) : read(await grants.grant(path))
    },
    'file.read': ({ ref }) => read(ref),
    async 'file.save'({ ref, text }) {
      const path = await pathOf(ref)
      return path.ok ? write(ref, path.value, text) : path
    },
    async 'file.saveAs'({ name, text }) {
      const wanted = name.endsWith(EXTENSION) ? name : name + EXTENSION
      if (dialogs) {
        const path = await dialogs.saveProject(
          join(workspace.root, checkName(wanted).ok ? wanted : `Network${EXTENSION}`),
        )
        return path === null ? ok(null) : write(await grants.grant(path), path, text)
      }
      // Without a dialog nobody was asked whether a file may be replaced: take a name that is free.
      const folder = await workspace.folder('.')
      if (!folder.ok) return folder
      const names = await namesIn(folder.value)
      if (!names.ok) return names
      const free = freshName(wanted, names.value)
      const path = await workspace.entry('.', free)
      return path.ok ? write(IN_WORKSPACE + free, path.value, text) : path
    },
    async 'file.list'() {
      const folder = await workspace.folder('.')
      if (!folder.ok) return folder
      const names = await namesIn(folder.value)
      if (!names.ok) return names
      const files = []
      for (const name of names.value) {
        if (!name.endsWith(EXTENSION) || !checkName(name).ok) continue
        const time = await modified(join(folder.value, name))
        if (time !== null) files.push({ ref: IN_WORKSPACE + name, name, modified: time })
      }
      return ok(files.sort((a, b) => b.modified.localeCompare(a.modified)))
    },
  }
}

export const noDialogs = fail('notAllowed', 'noDialogs', {})
