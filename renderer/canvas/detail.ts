import { type ReactFlowState, useStore } from '@xyflow/react'

/** How much of a node is drawn: everything, its title alone, or a coloured rectangle. */
export type Detail = 'full' | 'title' | 'plain'

const detailAt = (zoom: number): Detail => (zoom < 0.2 ? 'plain' : zoom < 0.45 ? 'title' : 'full')
const ofStore = (s: ReactFlowState): Detail => detailAt(s.transform[2])

/** Changes only when the zoom passes a threshold. */
export const useDetail = (): Detail => useStore(ofStore)
