import { useReactFlow } from '@xyflow/react'
import { useCallback, useEffect } from 'react'
import { type ActionId, actionIds, actions } from '../actions'
import { matches } from '../actions/keys'
import type { FlowNode, WireEdge } from '../canvas/flow'
import { useHost } from '../host'

/** The way to run a command from a button, a menu or a key. */
export function useActions(): (id: ActionId) => void {
  const host = useHost()
  const flow = useReactFlow<FlowNode, WireEdge>()
  return useCallback(
    (id) => {
      const action = actions[id]
      if (action.enabled && !action.enabled()) return
      void action.run({ host, flow })
    },
    [host, flow],
  )
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
/** Menus, dialogs and buttons have keys of their own. */
const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('button, a, [role="menu"], [role="dialog"], [role="listbox"]') !== null

/** Commands that also work while one types: what a text field has no use for itself. */
const always: ReadonlySet<ActionId> = new Set(['saveFile', 'saveFileAs', 'openFile', 'commandPalette'])
/** A field whose value is confirmed takes back what was done to the document; the browser would put old text into it. */
const inSettled: ReadonlySet<ActionId> = new Set(['undo', 'redo'])
const isSettled = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.dataset.settled !== undefined
/** Keys that a focused button or menu takes for itself. */
const plain: ReadonlySet<string> = new Set(['enter', 'escape', 'arrowup', 'arrowdown', 'arrowleft', 'arrowright'])

export function useShortcuts(): void {
  const run = useActions()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const typing = isTyping(event.target)
      if (typing && event.key === 'Escape') (event.target as HTMLElement).blur()
      const id = actionIds.find((a) => actions[a].keys?.some((k) => matches(k, event)))
      // A command that is not possible now leaves its keys their ordinary meaning.
      const settled = typing && isSettled(event.target)
      if (!id || (typing && !always.has(id) && !(settled && inSettled.has(id)))) return
      if (actions[id].enabled?.() === false) return
      if (isControl(event.target) && plain.has(event.key.toLowerCase())) return
      if (document.querySelector('[aria-modal="true"]') && !always.has(id)) return
      event.preventDefault()
      // A field that is being edited records its step first.
      if (typing && !settled) (event.target as HTMLElement).blur()
      run(id)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [run])
}
