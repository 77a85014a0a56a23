import type { Inference } from '#shared/graph/infer'
import { showShape } from '#shared/layer'
import type { Problem } from '#shared/problems'
import { feedOf } from '#shared/training/inputFit'
import { dataMisfits, inputsOf, lossMisfits } from '#shared/training/misfits'
import type { DataSummary } from '#shared/training/run'
import type { Document } from '../../store/document'

/** Everything that keeps a network from being trained as set on this data; `data` is null while it is not known. */
export const misfitsOf = (
  { graph, training }: Pick<Document, 'graph' | 'training'>,
  inference: Pick<Inference, 'node' | 'problems'>,
  data: DataSummary | null,
): readonly Problem[] => [
  ...(data ? dataMisfits(graph, inference, data) : []),
  ...lossMisfits(graph, inference, training, data),
]

/** Samples that are not of the input's shape but can be brought to it: what the trainer will do, and the two shapes. */
export function adaptation(
  graph: Document['graph'],
  data: DataSummary,
): { readonly how: 'reshaped' | 'padded' | 'parts'; readonly data: string; readonly network: string } | null {
  const inputs = inputsOf(graph).map((n) => n.params.shape)
  const feed = feedOf(data.inputShape, inputs)
  if (!feed || (feed.kind === 'whole' && feed.fit === 'same')) return null
  const how = feed.kind === 'parts' ? 'parts' : feed.fit === 'padded' ? 'padded' : 'reshaped'
  const network = feed.kind === 'parts' ? inputs.map(showShape).join(', ') : showShape(feed.shape)
  return { how, data: showShape(data.inputShape), network }
}
