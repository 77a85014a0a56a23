import { useMemo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { findNode } from '#shared/graph/graph'
import type { Trouble } from '#shared/training/health'
import { useDocument } from '../../store/document'
import { currentRun, useRuns } from '../../store/run'
import { isSameLayer, runNodes, troublesIn } from './runNodes'

/** A trouble of a layer with the share of its units that are dead, for words. */
export interface LayerTrouble {
  readonly kind: Trouble
  readonly dead: number
}

/**
 * What is wrong with layers of the document, by id, in the run looked at: nothing where that run trained another layer. Renders again
 * only when that changes.
 */
export function useLayerTroubles(ids: readonly string[]): readonly LayerTrouble[] {
  // Flat, so that equal answers can be told to be equal.
  const found = useRuns(
    useShallow((s): readonly (Trouble | number)[] => {
      const run = currentRun(s)
      const troubles = run && troublesIn(run)
      if (!run || !troubles || troubles.size === 0) return []
      const { graph } = useDocument.getState().document
      return ids.flatMap((id) => {
        const kinds = troubles.get(id)
        const node = kinds && findNode(graph, id)
        if (!node || !isSameLayer(node, runNodes(run).get(id))) return []
        const dead = run.statistics?.layers.find((l) => l.node === id)?.dead ?? 0
        return kinds.flatMap((kind) => [kind, Math.round(dead * 100) / 100])
      })
    }),
  )
  return useMemo(
    () => found.flatMap((kind, i) => (typeof kind === 'string' ? [{ kind, dead: Number(found[i + 1]) }] : [])),
    [found],
  )
}
