import type { Activation } from '../../activations'
import type { Cell } from '../../recurrent'
import type { OnnxGraph, Value } from './graph'
import { swapped } from './matrix'
import { allSteps, type Kind, knownSlopes, perStep, trainedCells } from './recurrentCells'

interface Layer {
  readonly units: number
  readonly activation: Activation
  readonly gate: Activation
  readonly returnSequences: boolean
  readonly kernel: string
  readonly recurrent: string
  readonly bias: string | null
  /** Reads the steps from the last to the first. */
  readonly backwards: boolean
}

/** Whether a cell with these functions can be trained as a whole. */
export const trainsAsWhole = (cell: Cell, activation: Activation, gate: Activation): boolean =>
  [activation, ...(cell === 'simpleRNN' ? [] : [gate])].every((name) => knownSlopes[name])

/**
 * A recurrent layer for training, with its gradient as a whole: whatever does not wait for the step before is computed for all steps together,
 * which are the products with the input, all gradients of weights and the factors of the way back. The last state, or all of them as batch,
 * steps, units.
 */
export function recurrentTraining(g: OnnxGraph, cell: Cell, input: Value, p: Layer, zero: string): string {
  const [steps = 1, channels = 1] = input.shape
  const batch = g.batch ?? 1
  const { bias, kernel, recurrent, returnSequences, units } = p
  const x = g.last(input).name
  const order = Array.from({ length: steps }, (_, i) => (p.backwards ? steps - 1 - i : i))
  const { blocks, begin } = trainedCells[cell]
  const states: string[] = []
  let flat = ''
  let kind: Kind | null = null
  const forward = () => {
    flat = byStep(g, x, [steps * batch, channels])
    const [kernels, biases] = [kernel, bias].map((weight) => columns(g, weight, blocks, units))
    const own = (kernels ?? []).map((k, i) => {
      const shift = biases?.[i]
      return perStep(g, g.op('Gemm', [flat, k, ...(shift === undefined ? [] : [shift])]), steps)
    })
    const used = { g, zero, recurrent: columns(g, recurrent, blocks, units), activation: p.activation, gate: p.gate }
    kind = begin({ ...used, steps })
    let h = zero
    for (const step of order) {
      h = kind.step(
        step,
        own.map((block) => block[step] ?? ''),
        h,
      )
      states[step] = h
    }
    return returnSequences ? bySample(g, allSteps(g, states), [steps, batch, units]) : h
  }
  return g.block([x, kernel, recurrent, ...(bias === null ? [] : [bias])], forward, ([dy], wanted) => {
    if (!dy || !kind) return wanted.map(() => null)
    const previous = allSteps(
      g,
      states.map((_, step) => states[p.backwards ? step + 1 : step - 1] ?? zero),
    )
    const { back, entered } = kind.gradient(previous)
    const rows = returnSequences ? perStep(g, byStep(g, dy, [steps * batch, units]), steps) : null
    const found: (readonly string[])[] = []
    let before: ((own: readonly string[]) => string) | null = null
    for (const step of order.toReversed()) {
      const own = rows?.[step]
      const dh: string = before ? before(own === undefined ? [] : [own]) : (own ?? dy)
      const done = back(step, dh)
      found[step] = done.gradients
      before = done.before
    }
    const perBlock = blocks.map((_, i) =>
      allSteps(
        g,
        found.map((gradients) => gradients[i] ?? ''),
      ),
    )
    const all = sideBySide(g, perBlock)
    const dx = () => bySample(g, g.op('Gemm', [all, kernel], { transB: 1 }), [steps, batch, channels])
    const ofBlock = (dz: string, i: number) => g.op('MatMul', [swapped(g, entered[i] ?? ''), dz])
    return [
      wanted[0] ? dx() : null,
      g.op('MatMul', [swapped(g, flat), all]),
      sideBySide(g, perBlock.map(ofBlock)),
      ...(bias === null ? [] : [g.op('ReduceSum', [all, g.ints([0])], { keepdims: 0 })]),
    ]
  })
}

/** From sample, step, channels to rows by step and sample. */
const byStep = (g: OnnxGraph, x: string, size: readonly number[]): string =>
  g.op('Reshape', [g.op('Transpose', [x], { perm: [1, 0, 2] }), g.ints(size)])
/** From rows by step and sample to sample, step, channels. */
const bySample = (g: OnnxGraph, rows: string, size: readonly number[]): string =>
  g.op('Transpose', [g.op('Reshape', [rows, g.ints(size)])], { perm: [1, 0, 2] })
const sideBySide = (g: OnnxGraph, parts: readonly string[]): string =>
  parts.length === 1 ? (parts[0] ?? '') : g.op('Concat', parts, { axis: 1 })

/** The columns of a weight by blocks of so many gates each; nothing of no weight. */
function columns(g: OnnxGraph, weight: string | null, blocks: readonly number[], units: number): readonly string[] {
  if (weight === null) return []
  if (blocks.length === 1) return [weight]
  const axis = g.sizeOf(weight).length - 1
  let from = 0
  return blocks.map((gates) => {
    const start = from
    from += gates * units
    return g.op('Slice', [weight, g.ints([start]), g.ints([from]), g.ints([axis])])
  })
}
