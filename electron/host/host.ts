import type { Handlers } from '#shared/host'
import { ok } from '#shared/result'
import { version } from '../paths'
import type { Trainer } from '../trainer/client'
import { dataHandlers } from './data'
import type { Dialogs } from './dialogs'
import { createEvents, type HostEvents } from './events'
import { fileHandlers } from './files'
import { runHandlers } from './runs'
import { openWorkspace } from './workspace'

export interface HostOptions {
  /** The folder of a person's projects, data, runs and exports; made when something is first put there. */
  readonly workspace: string
  readonly trainer: Trainer
  /** Absent in a browser. */
  readonly dialogs?: Dialogs
  /** BCP 47; the system's own by default. */
  readonly locale?: string
}

/** The host without a transport: Electron's shell and the loopback server both carry it. */
export interface HostCore {
  readonly handlers: Handlers
  readonly events: HostEvents
  /** Stops the run under way, which writes its checkpoint first. */
  close(): Promise<void>
}

export function createHost({ workspace: path, trainer, dialogs, locale }: HostOptions): HostCore {
  const workspace = openWorkspace(path)
  const events = createEvents()
  const data = dataHandlers(workspace, trainer, dialogs)
  const runs = runHandlers({ workspace, trainer, dialogs, events, allowData: data.allow })
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
      ...fileHandlers(workspace, dialogs),
      ...data.handlers,
      ...runs.handlers,
    },
    events,
    close: runs.close,
  }
}
