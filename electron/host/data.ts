import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Handlers, HostError } from '#shared/host'
import { err, ok, type Result } from '#shared/result'
import { isFileKind, labelsFile, splitSpec } from '../dataSpec'
import type { Trainer } from '../trainer/client'
import { writeAtomic } from '../writeAtomic'
import type { Dialogs } from './dialogs'
import { fail, fileError } from './errors'
import { noDialogs } from './files'
import { freshName } from './names'
import { hostErrorOf } from './trainerError'
import { namesIn, type Workspace } from './workspace'

type DataHandlers = Pick<Handlers, 'data.pick' | 'data.import' | 'data.describe'>

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
    if (!isFileKind(file.kind))
      return fail(
        'invalidRequest',
        `The data reference ${JSON.stringify(spec)} is of no known kind. Choose the data set again.`,
      )
    const main = await find(file.path)
    const allowed = main.ok ? `${file.kind}:${main.value}${file.options}` : spec
    const labels = main.ok ? labelsFile(allowed) : null
    const inside = labels === null ? main : await find(labels)
    if (inside.ok) return ok(allowed)
    if (inside.error.code !== 'notAllowed') return inside
    const where = dialogs
      ? 'Choose it in the data panel'
      : `Upload it in the data panel, or copy it to ${workspace.root}`
    return err({
      code: 'notAllowed',
      message: `The project asks for the data ${labels ?? file.path}, which lies outside the workspace. ${where}, so that it is you who allows it.`,
    })
  }

  /** Puts a table beside the others; the same table under the same name is kept once. */
  async function store(name: string, text: string): Promise<Result<{ spec: string }, HostError>> {
    const first = await workspace.entry('data', name)
    if (!first.ok) return first
    if ((await contentOf(first.value)) === text) return ok({ spec: `csv:data/${name}` })
    const names = await namesIn(dirname(first.value))
    if (!names.ok) return names
    const free = freshName(name, names.value)
    const path = await workspace.entry('data', free)
    if (!path.ok) return path
    try {
      await writeAtomic(path.value, text)
      return ok({ spec: `csv:data/${free}` })
    } catch (e) {
      return fileError(e, `store ${JSON.stringify(free)}`)
    }
  }

  return {
    allow,
    handlers: {
      async 'data.pick'() {
        if (!dialogs) return noDialogs
        const path = await dialogs.openTable()
        if (path === null) return ok(null)
        granted.add(path)
        return ok({ spec: `csv:${path}` })
      },
      'data.import': ({ name, text }) => store(name, text),
      async 'data.describe'({ spec }) {
        const allowed = await allow(spec)
        if (!allowed.ok) return allowed
        const described = await trainer.describe(allowed.value)
        return described.ok ? ok({ ...described.value, spec }) : err(hostErrorOf(described.error))
      },
    },
  }
}

async function contentOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return null
  }
}
