import type { Host } from '#shared/host'
import type { FlowInstance } from '../canvas/camera'
import type { Icon } from '../theme/icons'

/** What a command needs from outside the stores. */
export interface ActionContext {
  readonly host: Host
  readonly flow: FlowInstance
}

/** A command of the user. Menu, command palette and shortcuts follow from it; its label is `app.actions.<file name>`. */
export interface Action {
  readonly icon: Icon
  /** `mod` is Ctrl, on a Mac ⌘. The first is the one that is shown. */
  readonly keys?: readonly string[]
  /** Reads the stores; absent: always. */
  enabled?(): boolean
  /** Of a command that switches something: is it on? */
  checked?(): boolean
  run(c: ActionContext): void | Promise<void>
}

export const defineAction = (action: Action): Action => action
