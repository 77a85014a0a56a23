import type { Inference } from '#shared/graph/infer'
import type { NodeResult } from '#shared/graph/nodeResult'
import type { Heat } from '../store/view'

/** The figure that a heat map shows of a layer. */
export function heatValue(heat: Heat, result: NodeResult | undefined): number {
  if (!result) return 0
  switch (heat) {
    case 'none':
      return 0
    case 'params':
      return result.totals.params.total
    case 'macs':
      return result.totals.macs
    case 'activations':
      return result.totals.activationBytes
    case 'receptiveField':
      return result.receptiveField?.size.reduce((a, b) => a * b, 1) ?? 0
  }
}

const maxima = new WeakMap<Inference, Map<Heat, number>>()

/** The largest figure of the network, found once per inference. */
export function heatMax(heat: Heat, inference: Inference): number {
  let known = maxima.get(inference)
  if (!known) {
    known = new Map()
    maxima.set(inference, known)
  }
  let max = known.get(heat)
  if (max === undefined) {
    max = inference.order().reduce((m, id) => Math.max(m, heatValue(heat, inference.node(id))), 0)
    known.set(heat, max)
  }
  return max
}

/** How hot a layer is, 0…100 in whole percent. The square root lets the middle of the field be told apart. */
export function heatOf(heat: Heat, inference: Inference, id: string): number {
  if (heat === 'none') return 0
  const max = heatMax(heat, inference)
  return max === 0 ? 0 : Math.round(100 * Math.sqrt(heatValue(heat, inference.node(id)) / max))
}
