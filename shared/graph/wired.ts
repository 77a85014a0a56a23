import type { ReceptiveField } from '../analysis/receptiveField'
import type { LayerDef, MaybeShape } from '../layer'
import { type Draft, draft } from '../problems'
import type { Edit } from './edits'
import type { Edge } from './graph'
import type { NodeResult } from './nodeResult'

/** One wire as the node at its end sees it. */
export interface Incoming {
  readonly edge: Edge
  /** Absent: the source does not exist. */
  readonly source: { readonly result: NodeResult } | undefined
}

/** What arrives at a layer, in the order of its ports; `null` where nothing does. */
export interface Wired {
  readonly shapes: readonly MaybeShape[]
  readonly fields: readonly (ReceptiveField | null)[]
  readonly problems: readonly Draft[]
  /** What mends a problem of a wire. */
  readonly edits: ReadonlyMap<Draft, readonly Edit[]>
}

const noDrafts: readonly Draft[] = []
const noEdits: ReadonlyMap<Draft, readonly Edit[]> = new Map()

/** A total order, so that the result does not depend on the history of the drawing. */
const byPort = ({ edge: a }: Incoming, { edge: b }: Incoming): number =>
  a.targetPort - b.targetPort || (a.source < b.source ? -1 : a.source > b.source ? 1 : a.sourcePort - b.sourcePort)

function isSorted(incoming: readonly Incoming[]): boolean {
  for (let i = 1; i < incoming.length; i++) {
    const a = incoming[i - 1]
    const b = incoming[i]
    if (a && b && byPort(a, b) > 0) return false
  }
  return true
}

/** Sorts the wires by port and says what is wrong with them. */
export function collect(def: LayerDef, incoming: readonly Incoming[], inCycle: boolean): Wired {
  const { min, max } = def.inputs
  // Most layers have one sound wire: nothing to sort, nothing to say.
  const only = incoming.length === 1 && min <= 1 && max > 0 && !inCycle ? incoming[0] : undefined
  if (only?.source && only.edge.targetPort === 0 && only.edge.sourcePort === 0) {
    const { outputs, receptiveField } = only.source.result
    return { shapes: [outputs[0] ?? null], fields: [receptiveField], problems: noDrafts, edits: noEdits }
  }
  const sorted = isSorted(incoming) ? incoming : [...incoming].sort(byPort)
  const problems: Draft[] = inCycle ? [draft('cycle', {})] : []
  let edits: Map<Draft, readonly Edit[]> | undefined
  const shapes: MaybeShape[] = []
  const fields: (ReceptiveField | null)[] = []
  const variadic = max === Number.POSITIVE_INFINITY
  let previous = -1
  let received = 0
  for (const { edge, source } of sorted) {
    const wrong = wrongWire(edge, source?.result, variadic, max, previous, sorted.length)
    if (wrong || !source) {
      if (wrong) {
        problems.push(wrong)
        edits ??= new Map()
        edits.set(wrong, [{ type: 'disconnect', edge }])
      }
      continue
    }
    previous = edge.targetPort
    received++
    const at = variadic ? shapes.length : edge.targetPort
    while (shapes.length < at) {
      shapes.push(null)
      fields.push(null)
    }
    shapes.push(source.result.outputs[edge.sourcePort] ?? null)
    fields.push(source.result.receptiveField)
  }
  if (received < min) problems.push(min === 1 ? draft('missingInput', {}) : draft('tooFewInputs', { min, received }))
  while (shapes.length < min) {
    shapes.push(null)
    fields.push(null)
  }
  return { shapes, fields, problems, edits: edits ?? noEdits }
}

function wrongWire(
  { source: id, sourcePort, targetPort }: Edge,
  source: NodeResult | undefined,
  variadic: boolean,
  max: number,
  previous: number,
  received: number,
): Draft | null {
  if (!source) return draft('danglingWire', { source: id })
  if (sourcePort >= source.outputs.length || sourcePort < 0)
    return draft('badPort', { side: 'output', port: sourcePort })
  if (!variadic && (targetPort >= max || targetPort < 0))
    return max === 0 ? draft('tooManyInputs', { max, received }) : draft('badPort', { side: 'input', port: targetPort })
  return targetPort === previous ? draft('doubleInput', { port: targetPort }) : null
}
