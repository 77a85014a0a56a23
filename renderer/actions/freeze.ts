import { IconLock, IconLockOpen2 } from '@tabler/icons-react'
import { findNode, type GraphNode } from '#shared/graph/graph'
import { mayHaveWeights } from '#shared/training/weightForm'
import { isFrozen } from '#shared/training/weightSettings'
import { change } from '../canvas/change'
import { defineAction } from './action'
import { graphNow, selectedLayers } from './selected'

/** The selected layers with weights that are frozen, or are not. */
function weighted(frozen: boolean): readonly GraphNode[] {
  const graph = graphNow()
  return selectedLayers().flatMap((id) => {
    const node = findNode(graph, id)
    return node && mayHaveWeights(node) && isFrozen(node) === frozen ? [node] : []
  })
}

const set = (label: string, nodes: readonly GraphNode[], trainable: boolean): void =>
  change(label, [{ type: 'setWeightSettings', ids: nodes.map((n) => n.id), settings: { trainable } }])

export const freeze = defineAction({
  icon: IconLock,
  enabled: () => weighted(false).length > 0,
  run: () => set('freeze', weighted(false), false),
})
export const unfreeze = defineAction({
  icon: IconLockOpen2,
  enabled: () => weighted(true).length > 0,
  run: () => set('unfreeze', weighted(true), true),
})
