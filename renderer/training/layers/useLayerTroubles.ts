import { useShallow } from 'zustand/react/shallow'
import type { GraphNode } from '#shared/graph/graph'
import type { Trouble } from '#shared/training/health'
import { currentRun, useRuns } from '../../store/run'
import { isSameLayer, runNodes, troublesIn } from './runNodes'

/** A trouble of a layer with the share of its units that are dead, for words. */
export interface LayerTrouble {
  readonly kind: Trouble
  readonly dead: number
}

/**
 * What is wrong with layers of the document in the run looked at: nothing where that run trained another layer. Renders again only when
 * that changes.
 */
export function useLayerTroubles(nodes: readonly GraphNode[]): readonly LayerTrouble[] {
  const found = useRuns(
    useShallow((s): readonly (Trouble | number)[] => {
      const run = currentRun(s)
      const troubles = run && troublesIn(run)
      if (!run || !troubles || troubles.size === 0) return []
      return nodes.flatMap((node) => {
        const kinds = troubles.get(node.id)
        if (!kinds || !isSameLayer(node, runNodes(run).get(node.id))) return []
        const dead = run.statistics?.layers.find((l) => l.node === node.id)?.dead ?? 0
        return kinds.flatMap((kind) => [kind, Math.round(dead * 100) / 100])
      })
    }),
  )
  return found.flatMap((kind, i) => (typeof kind === 'string' ? [{ kind, dead: Number(found[i + 1]) }] : []))
}
