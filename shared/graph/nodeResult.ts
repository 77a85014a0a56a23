import { mergeFields, ownField, type ReceptiveField, throughWindow, wholeMap } from '../analysis/receptiveField'
import { elements, isKnown, type LayerDef, type MaybeShape, showShape, type WeightSpec, type Window } from '../layer'
import { layers } from '../layers'
import { type Draft, draft, type Problem, type Remedy, toProblem } from '../problems'
import type { Edit } from './edits'
import { makeNode } from './edits'
import type { Edge, GraphNode, LayerNode } from './graph'
import { shapeWith } from './shapeRule'

export interface Totals {
  readonly params: { readonly trainable: number; readonly nonTrainable: number; readonly total: number }
  readonly macs: number
  readonly flops: number
  /** Float32. */
  readonly weightBytes: number
  /** Float32 outputs of one sample in the forward pass; inputs, views and identities are not counted. */
  readonly activationBytes: number
}

/** What inference knows about one node. */
export interface NodeResult {
  readonly inputs: readonly MaybeShape[]
  readonly outputs: readonly MaybeShape[]
  readonly weights: readonly WeightSpec[]
  /** Zero where a size is not known yet: see `known`. */
  readonly totals: Totals
  readonly receptiveField: ReceptiveField | null
  readonly problems: readonly Problem[]
  /** Every size is known and nothing is wrong: the numbers are final. */
  readonly known: boolean
}

export const noTotals: Totals = {
  params: { trainable: 0, nonTrainable: 0, total: 0 },
  macs: 0,
  flops: 0,
  weightBytes: 0,
  activationBytes: 0,
}

/** One wire as the node at its end sees it. */
export interface Incoming {
  readonly edge: Edge
  /** Absent: the source does not exist. */
  readonly source: NodeResult | undefined
}

interface Wired {
  readonly shapes: readonly MaybeShape[]
  readonly fields: readonly (ReceptiveField | null)[]
  readonly problems: readonly Draft[]
  readonly edits: ReadonlyMap<Draft, readonly Edit[]>
}

const BYTES = 4
/** The most elements that one tensor can have in the engines (32-bit indices). */
const MAX_ELEMENTS = 2 ** 31 - 1
const isTooLarge = (s: MaybeShape): boolean => isKnown(s) && elements(s) > MAX_ELEMENTS

/** Computes a node from its parameters and what arrives on its wires. Never throws. */
export function computeNode(node: GraphNode, incoming: readonly Incoming[], inCycle: boolean): NodeResult {
  if (node.type === 'unknown') return broken([toProblem(draft('unknownLayer', { type: node.originalType }), node.id)])
  const def: LayerDef = layers[node.type]
  const wired = collect(def, incoming, inCycle)
  const { result, problems: bad } = shapeWith(def, node, wired.shapes)
  const drafts = [...wired.problems, ...bad, ...(result.problems ?? [])]
  const [ins, outs] = [wired.shapes, result.outputs]
  const valid = bad.length === 0
  const weights = valid && def.weights ? def.weights(ins, node.params) : []
  const huge = ins.some(isTooLarge) ? undefined : [...outs, ...weights.map((w) => w.shape)].find(isTooLarge)
  if (huge) drafts.push(draft('tooLarge', { shape: showShape(huge), max: MAX_ELEMENTS }))
  const problems = drafts.map((d) => toProblem(d, node.id, fixFor(d, node, wired, incoming)))
  const fine = problems.every((p) => p.severity !== 'error') && !ins.some(isTooLarge)
  const known = fine && ins.every(isKnown) && outs.every(isKnown)
  const cost = known && def.cost ? def.cost(ins, outs, node.params) : undefined
  const params = countParams(huge ? [] : weights)
  return {
    inputs: ins,
    outputs: outs,
    weights,
    totals: {
      params,
      macs: cost?.macs ?? 0,
      flops: cost?.flops ?? 0,
      weightBytes: params.total * BYTES,
      activationBytes: known && !def.view ? BYTES * outs.reduce((sum, s) => sum + elements(s), 0) : 0,
    },
    receptiveField: known ? fieldOf(node, wired.fields, ins, outs, cost?.window) : null,
    problems,
    known,
  }
}

const broken = (problems: readonly Problem[]): NodeResult => ({
  inputs: [],
  outputs: [null],
  weights: [],
  totals: noTotals,
  receptiveField: null,
  problems,
  known: false,
})

/** A total order, so that the result does not depend on the history of the drawing. */
const byPort = ({ edge: a }: Incoming, { edge: b }: Incoming): number =>
  a.targetPort - b.targetPort || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.sourcePort - b.sourcePort)

/** Sorts the wires by port and says what is wrong with them. */
function collect(def: LayerDef, incoming: readonly Incoming[], inCycle: boolean): Wired {
  const { min, max } = def.inputs
  const problems: Draft[] = []
  const edits = new Map<Draft, readonly Edit[]>()
  const report = (d: Draft, ...fix: Edit[]) => {
    problems.push(d)
    if (fix.length > 0) edits.set(d, fix)
  }
  if (inCycle) problems.push(draft('cycle', {}))
  const sorted = incoming.length > 1 ? [...incoming].sort(byPort) : incoming
  const shapes: MaybeShape[] = []
  const fields: (ReceptiveField | null)[] = []
  const variadic = max === Number.POSITIVE_INFINITY
  let previous = -1
  for (const { edge, source } of sorted) {
    const drop: Edit = { type: 'disconnect', edge }
    if (!source) {
      report(draft('danglingWire', { source: edge.source }), drop)
      continue
    }
    if (edge.sourcePort >= source.outputs.length || edge.sourcePort < 0) {
      report(draft('badPort', { side: 'output', port: edge.sourcePort }), drop)
      continue
    }
    if (!variadic && (edge.targetPort >= max || edge.targetPort < 0)) {
      report(
        max === 0
          ? draft('tooManyInputs', { max, received: sorted.length })
          : draft('badPort', { side: 'input', port: edge.targetPort }),
        drop,
      )
      continue
    }
    if (edge.targetPort === previous) {
      report(draft('doubleInput', { port: edge.targetPort }), drop)
      continue
    }
    previous = edge.targetPort
    const at = variadic ? shapes.length : edge.targetPort
    while (shapes.length < at) {
      shapes.push(null)
      fields.push(null)
    }
    shapes.push(source.outputs[edge.sourcePort] ?? null)
    fields.push(source.receptiveField)
  }
  const received = shapes.length
  if (received < min) problems.push(min === 1 ? draft('missingInput', {}) : draft('tooFewInputs', { min, received }))
  while (shapes.length < min) {
    shapes.push(null)
    fields.push(null)
  }
  return { shapes, fields, problems, edits }
}

function fixFor(d: Draft, node: LayerNode, wired: Wired, incoming: readonly Incoming[]): Problem['fix'] {
  const edits = wired.edits.get(d)
  if (edits) return { label: 'removeWire', edits }
  if (d.remedy) return remedyFix(d.remedy, node, incoming)
  return undefined
}

function remedyFix(remedy: Remedy, node: LayerNode, incoming: readonly Incoming[]): Problem['fix'] {
  if (remedy.kind === 'set')
    return { label: 'setParams', edits: [{ type: 'setParams', id: node.id, params: remedy.params }] }
  const edge = incoming.find((i) => i.edge.targetPort === 0)?.edge
  if (!edge) return undefined
  const { x, y } = node.position
  // The id need only be new: it is derived from the node that it feeds.
  const inserted = makeNode(remedy.layer, `${node.id}_${remedy.layer}`, remedy.params, { x, y: y - 32 })
  const placed = node.group === undefined ? inserted : { ...inserted, group: node.group }
  return { label: 'insertLayer', edits: [{ type: 'insert', edge, node: placed }] }
}

function countParams(weights: readonly WeightSpec[]): Totals['params'] {
  let trainable = 0
  let nonTrainable = 0
  for (const w of weights) {
    if (!isKnown(w.shape)) continue
    if (w.trainable) trainable += elements(w.shape)
    else nonTrainable += elements(w.shape)
  }
  return { trainable, nonTrainable, total: trainable + nonTrainable }
}

function fieldOf(
  node: LayerNode,
  fields: readonly (ReceptiveField | null)[],
  inputs: readonly (readonly number[])[],
  outputs: readonly (readonly number[])[],
  window: Window | null | undefined,
): ReceptiveField | null {
  if (node.type === 'input') return ownField(Math.max((outputs[0]?.length ?? 1) - 1, 1))
  const rf = fields.length === 1 ? (fields[0] ?? null) : mergeFields(fields)
  const [x, y] = [inputs[0] ?? [], outputs[0] ?? []]
  if (!rf || window === null) return null
  if (window) return rf.size.length === window.size.length ? throughWindow(rf, window) : null
  const spatial = x.slice(0, -1)
  return x.length !== y.length && spatial.length === rf.size.length ? wholeMap(rf, spatial) : rf
}
