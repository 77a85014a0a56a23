import { join } from 'node:path'
import type { Handlers, HostError } from '#shared/host'
import { parseProject, showProjectError } from '#shared/project/parse'
import { err, ok, type Result } from '#shared/result'
import type { Trainer } from '../trainer/client'
import type { Dialogs } from './dialogs'
import { freshName, plainName } from './names'
import { hostErrorOf } from './trainerError'
import { namesIn, type Workspace } from './workspace'

interface Parts {
  readonly workspace: Workspace
  readonly trainer: Trainer
  readonly dialogs: Dialogs | undefined
  readonly allowData: (spec: string) => Promise<Result<string, HostError>>
}

/** Networks taken away: those of runs, and drawings with the weights that their training would begin with. */
export function exportHandlers({
  workspace,
  trainer,
  dialogs,
  allowData,
}: Parts): Pick<Handlers, 'runs.export' | 'project.export'> {
  /** A folder that is not there yet, so that an export never lands among other files; null when cancelled. */
  async function freshFolder(name: string): Promise<Result<string | null, HostError>> {
    const parent = dialogs ? ok(await dialogs.chooseFolder()) : await workspace.folder('exports')
    if (!parent.ok || parent.value === null) return parent
    const taken = await namesIn(parent.value)
    return taken.ok ? ok(join(parent.value, freshName(name, taken.value))) : taken
  }

  async function write(name: string, exported: (to: string) => ReturnType<Trainer['exportRun']>) {
    const to = await freshFolder(name)
    if (!to.ok) return to
    if (to.value === null) return ok(null)
    const report = await exported(to.value)
    return report.ok ? report : err(hostErrorOf(report.error))
  }

  return {
    async 'runs.export'({ runId, format }) {
      const folder = await workspace.entry('runs', runId)
      return folder.ok ? write(`${runId}-${format}`, (to) => trainer.exportRun(folder.value, format, to)) : folder
    },
    async 'project.export'({ project: text, format }) {
      const project = parseProject(text)
      if (!project.ok) return err({ code: 'invalidProject', message: showProjectError(project.error) })
      const { value } = project
      const data = value.data === '' ? ok('') : await allowData(value.data)
      if (!data.ok) return data
      const name = `${plainName(value.name)}-${format}`
      return write(name, (to) => trainer.exportProject({ ...value, data: data.value }, format, to))
    },
  }
}
