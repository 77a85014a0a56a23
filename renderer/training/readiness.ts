import type { Inference } from '#shared/graph/infer'
import type { DataSummary } from '#shared/training/run'
import type { Document } from '../store/document'
import { misfitsOf } from './data/fit'
import { hasWrong } from './settingsGroups'

/** What keeps training from starting, as a key of `training.blocked` with its number; null when nothing does. */
export interface Blocked {
  readonly reason: 'empty' | 'problems' | 'settings' | 'noData' | 'misfit'
  readonly count: number
}

/** `data` is what is known of the document's data set. Null, while it is unknown or could not be read, is no reason to refuse: the run will say. */
export function whatBlocks(
  { graph, data: spec, training }: Document,
  inference: Pick<Inference, 'node' | 'problems'>,
  data: DataSummary | null,
): Blocked | null {
  if (graph.nodes.length === 0) return { reason: 'empty', count: 0 }
  const errors = inference.problems().filter((p) => p.severity === 'error').length
  if (errors > 0) return { reason: 'problems', count: errors }
  if (hasWrong(training)) return { reason: 'settings', count: 0 }
  if (spec === '') return { reason: 'noData', count: 0 }
  const wrong = misfitsOf({ graph, training }, inference, data).length
  return wrong > 0 ? { reason: 'misfit', count: wrong } : null
}
