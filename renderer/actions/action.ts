import type { ReactFlowInstance } from '@xyflow/react'
import type { Host } from '#shared/host'
import type { FlowNode, WireEdge } from '../canvas/flow'
import type { Icon } from '../theme/icons'

/** What a command needs from outside the stores. */
export interface ActionContext {
  readonly host: Host
  readonly flow: ReactFlowInstance<FlowNode, WireEdge>
}

/** A command of the user. Menu, command palette and shortcuts follow from it; its label is `app.actions.<file name>`. */
export interface Action {
  readonly icon: Icon
  /** `mod` is Ctrl, on a Mac ⌘. The first is the one that is shown. */
  readonly keys?: readonly string[]
  /** Reads the stores; absent: always. */
  enabled?(): boolean
  run(c: ActionContext): void | Promise<void>
}

export const defineAction = (action: Action): Action => action
