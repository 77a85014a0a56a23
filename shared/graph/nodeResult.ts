import { mergeFields, ownField, type ReceptiveField, throughWindow, wholeMap } from '../analysis/receptiveField'
import { elements, isKnown, type LayerDef, type MaybeShape, showShape, type WeightSpec, type Window } from '../layer'
import { layers } from '../layers'
import { type Draft, draft, type Problem, toProblem } from '../problems'
import { isFrozen, weightSettingProblems } from '../training/weightSettings'
import { fixFor } from './fixes'
import type { GraphNode, LayerNode } from './graph'
import { shapeWith } from './shapeRule'
import { collect, type Incoming, type Wired } from './wired'

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

const BYTES = 4
/** The most elements that one tensor can have in the engines (32-bit indices). */
const MAX_ELEMENTS = 2 ** 31 - 1
const isTooLarge = (s: MaybeShape): boolean => isKnown(s) && elements(s) > MAX_ELEMENTS

const noWeights: readonly WeightSpec[] = []
const noProblems: readonly Problem[] = []
const noDrafts: readonly Draft[] = []

/** Computes a node from its parameters and what arrives on its wires. Never throws. */
export function computeNode(node: GraphNode, incoming: readonly Incoming[], inCycle: boolean): NodeResult {
  if (node.type === 'unknown') return broken([toProblem(draft('unknownLayer', { type: node.originalType }), node.id)])
  const def: LayerDef = layers[node.type]
  const wired = collect(def, incoming, inCycle)
  const { result, problems: bad } = shapeWith(def, node, wired.shapes)
  const ins = wired.shapes
  const outs = result.outputs
  const own = def.weights && bad.length === 0 ? def.weights(ins, node.params) : noWeights
  const weights = isFrozen(node) ? own.map((w) => ({ ...w, trainable: false })) : own
  const overfed = ins.some(isTooLarge)
  const huge = overfed ? undefined : (outs.find(isTooLarge) ?? weights.find((w) => isTooLarge(w.shape))?.shape)
  const found = node.weightSettings
    ? [...(result.problems ?? noDrafts), ...weightSettingProblems(node.weightSettings)]
    : result.problems
  const problems = listProblems(node, wired, incoming, bad, found, huge)
  const fine = !overfed && problems.every((p) => p.severity !== 'error')
  const known = fine && ins.every(isKnown) && outs.every(isKnown)
  const cost = known && def.cost ? def.cost(ins, outs, node.params) : undefined
  const params = huge ? noTotals.params : countParams(weights)
  return {
    inputs: ins,
    outputs: outs,
    weights,
    totals: {
      params,
      macs: cost?.macs ?? 0,
      flops: cost?.flops ?? 0,
      weightBytes: params.total * BYTES,
      activationBytes: known && !def.view ? BYTES * sumOfElements(outs) : 0,
    },
    receptiveField: known ? fieldOf(node, wired.fields, ins, outs, cost?.window) : null,
    problems,
    known,
  }
}

function listProblems(
  node: LayerNode,
  wired: Wired,
  incoming: readonly Incoming[],
  bad: readonly Draft[],
  found: readonly Draft[] | undefined,
  huge: MaybeShape | undefined,
): readonly Problem[] {
  if (wired.problems.length === 0 && bad.length === 0 && !found?.length && !huge) return noProblems
  const drafts = [...wired.problems, ...bad, ...(found ?? [])]
  if (huge) drafts.push(draft('tooLarge', { shape: showShape(huge), max: MAX_ELEMENTS }))
  return drafts.map((d) => toProblem(d, node.id, fixFor(d, node, wired, incoming)))
}

function sumOfElements(shapes: readonly (readonly number[])[]): number {
  let sum = 0
  for (const s of shapes) sum += elements(s)
  return sum
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

function countParams(weights: readonly WeightSpec[]): Totals['params'] {
  if (weights.length === 0) return noTotals.params
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
  return x.length !== y.length && x.length - 1 === rf.size.length ? wholeMap(rf, x.slice(0, -1)) : rf
}
