import { mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import type { HostError } from '#shared/host'
import { ok, type Result } from '#shared/result'
import { fail, fileError } from './errors'
import { checkName } from './names'

export type Section = '.' | 'data' | 'runs' | 'exports'

/** The folder that holds a person's work: projects as `*.netloom`, and the folders `data`, `runs`, `exports`. */
export interface Workspace {
  readonly root: string
  /** The path of a section; made if absent. */
  folder(section: Section): Promise<Result<string, HostError>>
  /** The path of one entry of a section, there or not. Anything that leads out of the workspace is refused. */
  entry(section: Section, name: string): Promise<Result<string, HostError>>
  /** The real path of an existing file given relative to the workspace, or absolutely but inside it. */
  inside(path: string): Promise<Result<string, HostError>>
}

export function openWorkspace(path: string): Workspace {
  const root = resolve(path)

  /** Where a path really leads, after all links; refused outside the workspace. */
  const contain = async (target: string): Promise<Result<string, HostError>> => {
    try {
      const [home, real] = await Promise.all([realpath(root), realpath(target)])
      if (real === home || real.startsWith(home + sep)) return ok(real)
      return fail('notAllowed', 'outside', { path: target, root })
    } catch (e) {
      return fileError(e, 'open', target)
    }
  }

  const folder = async (section: Section): Promise<Result<string, HostError>> => {
    const target = join(root, section)
    try {
      await mkdir(target, { recursive: true })
    } catch (e) {
      return fileError(e, 'create', target)
    }
    return contain(target)
  }

  return {
    root,
    folder,
    async entry(section, name) {
      const checked = checkName(name)
      if (!checked.ok) return checked
      const parent = await folder(section)
      if (!parent.ok) return parent
      const target = join(parent.value, name)
      const there = await contain(target)
      return !there.ok && there.error.code === 'notFound' ? ok(target) : there
    },
    inside: (path) => contain(resolve(root, path)),
  }
}

/** When a file last changed, as ISO 8601; null when it is gone or is no file. */
export async function modified(path: string): Promise<string | null> {
  try {
    const info = await stat(path)
    return info.isFile() ? info.mtime.toISOString() : null
  } catch {
    return null
  }
}

/** What a folder holds. */
export async function namesIn(folder: string): Promise<Result<readonly string[], HostError>> {
  try {
    return ok(await readdir(folder))
  } catch (e) {
    return fileError(e, 'list', folder)
  }
}
