import type { Inference } from '#shared/graph/infer'
import { noTotals, type Totals } from '#shared/graph/nodeResult'

/** The figures of several layers together. */
export const sumTotals = (inference: Inference, ids: readonly string[]): Totals =>
  ids.reduce<Totals>((sum, id) => {
    const t = inference.node(id)?.totals ?? noTotals
    return {
      params: {
        trainable: sum.params.trainable + t.params.trainable,
        nonTrainable: sum.params.nonTrainable + t.params.nonTrainable,
        total: sum.params.total + t.params.total,
      },
      macs: sum.macs + t.macs,
      flops: sum.flops + t.flops,
      weightBytes: sum.weightBytes + t.weightBytes,
      activationBytes: sum.activationBytes + t.activationBytes,
    }
  }, noTotals)
