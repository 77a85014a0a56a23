import type { FileRef, Handlers } from '#shared/host'
import { ok } from '#shared/result'
import { version } from '../paths'
import type { Trainer } from '../trainer/client'
import { dataHandlers } from './data'
import type { Dialogs } from './dialogs'
import { engineHandlers } from './engines'
import { createEvents, type HostEvents } from './events'
import { exportHandlers } from './exports'
import { fileHandlers } from './files'
import { folderUploads } from './folderUpload'
import { createGrants } from './grants'
import { planHandlers } from './plans'
import { runHandlers } from './runs'
import { tryHandlers } from './tries'
import { openWorkspace } from './workspace'

export interface HostOptions {
  /** The folder of a person's projects, data, runs and exports; made when something is first put there. */
  readonly workspace: string
  readonly trainer: Trainer
  /** Absent in a browser. */
  readonly dialogs?: Dialogs
  /** BCP 47; the system's own by default. */
  readonly locale?: string
  /** A file that keeps what was opened through dialogs over a restart. */
  readonly memory?: string
}

/** The host without a transport: Electron's shell and the loopback server both carry it. */
export interface HostCore {
  readonly handlers: Handlers
  readonly events: HostEvents
  /** Hands a file to the page that the system or the command line asked to open. */
  give(path: string): Promise<void>
  /** Stops the run under way, which writes its checkpoint first, and an installation. */
  close(): Promise<void>
}

export function createHost({ workspace: path, trainer, dialogs, locale, memory }: HostOptions): HostCore {
  const workspace = openWorkspace(path)
  const events = createEvents()
  const grants = createGrants(memory)
  let given: FileRef | null = null
  const folders = folderUploads(workspace)
  const data = dataHandlers(workspace, trainer, dialogs)
  const runs = runHandlers({ workspace, trainer, events, allowData: data.allow })
  const exports = exportHandlers({ workspace, trainer, dialogs, allowData: data.allow })
  const plans = planHandlers({ trainer, allowData: data.allow, busy: runs.busy })
  const tries = tryHandlers(workspace, trainer)
  const engines = engineHandlers({ trainer, dialogs, events })
  return {
    handlers: {
      'app.info': async () =>
        ok({
          version,
          platform: process.platform,
          dialogs: dialogs !== undefined,
          workspace: workspace.root,
          locale: locale ?? Intl.DateTimeFormat().resolvedOptions().locale,
        }),
      ...fileHandlers(workspace, dialogs, grants),
      async 'file.given'() {
        const ref = given
        given = null
        return ok(ref)
      },
      ...data.handlers,
      ...folders.handlers,
      ...runs.handlers,
      ...exports,
      ...plans.handlers,
      'train.start'(args) {
        plans.cancel()
        return runs.handlers['train.start'](args)
      },
      ...tries.handlers,
      ...engines.handlers,
    },
    events,
    async give(path) {
      given = await grants.grant(path)
      events.emit('given', {})
    },
    async close() {
      plans.cancel()
      tries.close()
      await Promise.all([engines.close(), folders.close(), runs.close()])
    },
  }
}
