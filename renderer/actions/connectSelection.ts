import { IconPlugConnected } from '@tabler/icons-react'
import { axesOf } from '../canvas/axes'
import { change } from '../canvas/change'
import { boxOfFlowId } from '../canvas/place'
import { connectAll } from '../canvas/wiring'
import { useView } from '../store/view'
import { defineAction } from './action'
import { graphNow } from './selected'

/** Wires the selected layers to the last of them along the flow. */
export const connectSelection = defineAction({
  icon: IconPlugConnected,
  keys: ['c'],
  enabled: () => useView.getState().selection.size > 1,
  run() {
    const graph = graphNow()
    const { along } = axesOf(graph)
    const at = (id: string) => boxOfFlowId(graph, id)?.[along] ?? 0
    const ids = [...useView.getState().selection].sort((a, b) => at(a) - at(b))
    const target = ids.at(-1)
    if (target === undefined) return
    change('connect', connectAll(graph, ids.slice(0, -1), target))
  },
})
