import { checkField } from '#shared/fields'
import type { Inference } from '#shared/graph/infer'
import { type TrainingConfig, trainingFields } from '#shared/training/config'
import type { DataSummary } from '#shared/training/run'
import type { Document } from '../store/document'
import { misfits } from './data/fit'

/** What keeps training from starting, as a key of `training.blocked` with its number; null when nothing does. */
export interface Blocked {
  readonly reason: 'empty' | 'problems' | 'settings' | 'noData' | 'badData' | 'misfit'
  readonly count: number
}

/** `data` is what is known of the document's data set: null while unknown, which is no reason to refuse. */
export function whatBlocks(
  { graph, data: spec, training }: Document,
  inference: Pick<Inference, 'node' | 'problems'>,
  data: { readonly summary: DataSummary | null; readonly error: string | null },
): Blocked | null {
  if (graph.nodes.length === 0) return { reason: 'empty', count: 0 }
  const errors = inference.problems().filter((p) => p.severity === 'error').length
  if (errors > 0) return { reason: 'problems', count: errors }
  if (wrongSettings(training)) return { reason: 'settings', count: 0 }
  if (spec === '') return { reason: 'noData', count: 0 }
  if (data.error !== null) return { reason: 'badData', count: 0 }
  const wrong = data.summary ? misfits(graph, inference, training.loss, data.summary).length : 0
  return wrong > 0 ? { reason: 'misfit', count: wrong } : null
}

const names = Object.keys(trainingFields) as (keyof TrainingConfig)[]
const wrongSettings = (training: TrainingConfig): boolean =>
  names.some((name) => checkField(name, trainingFields[name], training[name]) !== null)
