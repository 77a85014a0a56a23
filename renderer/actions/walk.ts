import { IconArrowBarToDown, IconArrowBarToUp, IconArrowNarrowDown, IconArrowNarrowUp } from '@tabler/icons-react'
import { keepInView } from '../canvas/camera'
import { nextAlong } from '../canvas/walk'
import { useView } from '../store/view'
import { type Action, type ActionContext, defineAction } from './action'
import { anySelected, graphNow } from './selected'

/** Elsewhere in the window the key moves the focus as usual; Escape ends the walk. */
const onCanvas = (): boolean => {
  const focused = document.activeElement
  return focused === null || focused === document.body || focused.closest('.react-flow') !== null
}

const walk = (step: 1 | -1) => (c: ActionContext) => {
  const { selection, select } = useView.getState()
  const id = nextAlong(graphNow(), [...selection].at(-1), step)
  if (id === null) return
  select([id])
  keepInView(c.flow, id)
}

const along = (icon: Action['icon'], key: string, step: 1 | -1): Action =>
  defineAction({ icon, keys: [key], enabled: () => anySelected() && onCanvas(), run: walk(step) })

const end = (icon: Action['icon'], key: string, step: 1 | -1): Action =>
  defineAction({
    icon,
    keys: [key],
    enabled: () => graphNow().nodes.length > 0,
    run({ flow }) {
      const id = nextAlong(graphNow(), undefined, step)
      if (id === null) return
      useView.getState().select([id])
      keepInView(flow, id)
    },
  })

/** From layer to layer along the wires. */
export const walks = {
  firstLayer: end(IconArrowBarToDown, 'home', 1),
  lastLayer: end(IconArrowBarToUp, 'end', -1),
  nextLayer: along(IconArrowNarrowDown, 'tab', 1),
  previousLayer: along(IconArrowNarrowUp, 'shift+tab', -1),
}
