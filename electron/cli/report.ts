import type { ReceptiveField } from '#shared/analysis/receptiveField'
import type { Inference } from '#shared/graph/infer'
import type { NodeResult, Totals } from '#shared/graph/nodeResult'
import type { MaybeShape } from '#shared/layer'
import type { Problem } from '#shared/problems'
import type { Project } from '#shared/project/project'
import { problemsOf } from '#shared/training/misfits'

/** What `netloom inspect --json` prints. Sizes that are not known are null, and what depends on them counts as 0. */
export interface Report {
  readonly name: string
  readonly totals: Totals
  readonly layers: readonly LayerReport[]
  /** Of all layers and of the network itself. */
  readonly problems: readonly ProblemReport[]
}
export interface LayerReport {
  readonly id: string
  readonly name: string
  readonly type: string
  /** The groups around the layer, the outermost first, joined by ` / `; null outside of all. */
  readonly group: string | null
  /** Id of the layer whose weights it uses, and where they are counted; absent where they are its own. */
  readonly sharedWith?: string
  /** One shape per output, without the batch. */
  readonly outputs: readonly MaybeShape[]
  readonly params: { readonly trainable: number; readonly nonTrainable: number }
  readonly macs: number
  readonly flops: number
  readonly receptiveField: ReceptiveField | null
  readonly problems: readonly ProblemReport[]
}
export type ProblemReport = Omit<Problem, 'values' | 'fix'>

const nothing: NodeResult['totals'] = {
  params: { trainable: 0, nonTrainable: 0, total: 0 },
  macs: 0,
  flops: 0,
  weightBytes: 0,
  activationBytes: 0,
}

/** MACs, FLOPs and activations are for `batch` samples. */
export function reportOn({ name, graph, training }: Project, inference: Inference, batch = 1): Report {
  const { params, macs, flops, weightBytes, activationBytes } = inference.totals
  const groups = new Map(graph.groups.map((g) => [g.id, g]))
  const path = (id: string | undefined): string[] => {
    const group = id === undefined ? undefined : groups.get(id)
    return group ? [...path(group.parent), group.name] : []
  }
  return {
    name,
    totals: { params, macs: macs * batch, flops: flops * batch, weightBytes, activationBytes: activationBytes * batch },
    layers: graph.nodes.map((node) => {
      const result = inference.node(node.id)
      const totals = result?.totals ?? nothing
      return {
        id: node.id,
        name: node.name,
        type: node.type === 'unknown' ? node.originalType : node.type,
        group: path(node.group).join(' / ') || null,
        ...(node.sharedWith !== undefined && { sharedWith: node.sharedWith }),
        outputs: result?.outputs ?? [],
        params: { trainable: totals.params.trainable, nonTrainable: totals.params.nonTrainable },
        macs: totals.macs * batch,
        flops: totals.flops * batch,
        receptiveField: result?.receptiveField ?? null,
        problems: (result?.problems ?? []).map(plain),
      }
    }),
    problems: problemsOf(graph, inference, training).map(plain),
  }
}

const plain = ({ values: _, fix: __, ...problem }: Problem): ProblemReport => problem
