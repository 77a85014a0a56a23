import type { OnnxGraph, Value } from './graph'
import { swapped } from './matrix'

interface Lstm {
  readonly units: number
  readonly returnSequences: boolean
  readonly kernel: string
  readonly recurrent: string
  readonly bias: string | null
  /** Reads the steps from the last to the first. */
  readonly backwards: boolean
}

/** What a step leaves for its gradient, each `[batch, units]`. */
interface Cell {
  readonly i: string
  readonly f: string
  readonly g: string
  readonly o: string
  /** The memory before the step, and the tanh of that after it. */
  readonly before: string
  readonly shown: string
  readonly h: string
}

/**
 * An LSTM with the usual functions, for training, with its gradient as a whole: whatever does not wait for the step before is computed for
 * all steps together, which leaves six small operators per step to the way back (Hochreiter, Schmidhuber, 1997). The last state, or all
 * of them as batch, steps, units.
 */
export function lstmTraining(g: OnnxGraph, input: Value, p: Lstm, zero: string): string {
  const [steps = 1, channels = 1] = input.shape
  const batch = g.batch ?? 1
  const { bias, kernel, recurrent, units } = p
  const x = g.last(input).name
  const rows = [steps * batch, channels]
  const order = Array.from({ length: steps }, (_, i) => (p.backwards ? steps - 1 - i : i))
  const cells: Cell[] = []
  let flat = ''
  const forward = () => {
    flat = g.op('Reshape', [g.op('Transpose', [x], { perm: [1, 0, 2] }), g.ints(rows)])
    const fromInput = perStep(g, g.op('Gemm', [flat, kernel, ...(bias === null ? [] : [bias])]), steps)
    let [h, c] = [zero, zero]
    for (const step of order) {
      const first = h === zero
      const own = fromInput[step] ?? ''
      const [zi = '', zf = '', zg = '', zo = ''] = g.ops(
        'Split',
        [first ? own : g.op('Gemm', [h, recurrent, own])],
        4,
        { axis: 1 },
      )
      const [i, f, o] = [zi, zf, zo].map((z) => g.op('Sigmoid', [z])) as [string, string, string]
      const candidate = g.op('Tanh', [zg])
      const before = c
      const fresh = g.op('Mul', [i, candidate])
      c = first ? fresh : g.op('Add', [g.op('Mul', [f, c]), fresh])
      const shown = g.op('Tanh', [c])
      h = g.op('Mul', [o, shown])
      cells[step] = { i, f, g: candidate, o, before, shown, h }
    }
    return p.returnSequences
      ? bySample(
          g,
          allSteps(
            g,
            cells.map((cell) => cell.h),
          ),
          [steps, batch, units],
        )
      : h
  }
  return g.block([x, kernel, recurrent, ...(bias === null ? [] : [bias])], forward, ([dy], wanted) => {
    if (!dy) return wanted.map(() => null)
    const dz = gatesGradient(g, p, cells, order, dy, batch)
    const all = allSteps(g, dz)
    const previous = cells.map((_, step) => cells[p.backwards ? step + 1 : step - 1]?.h ?? zero)
    const dx = () => bySample(g, g.op('Gemm', [all, kernel], { transB: 1 }), [steps, batch, channels])
    return [
      wanted[0] ? dx() : null,
      g.op('MatMul', [swapped(g, flat), all]),
      g.op('MatMul', [swapped(g, allSteps(g, previous)), all]),
      ...(bias === null ? [] : [g.op('ReduceSum', [all, g.ints([0])], { keepdims: 0 })]),
    ]
  })
}

const perStep = (g: OnnxGraph, all: string, steps: number): readonly string[] =>
  g.ops('Split', [all], steps, { axis: 0 })
const allSteps = (g: OnnxGraph, parts: readonly string[]): string => g.op('Concat', parts, { axis: 0 })
/** From rows by step and sample to sample, step, channels. */
const bySample = (g: OnnxGraph, rows: string, size: readonly number[]): string =>
  g.op('Transpose', [g.op('Reshape', [rows, g.ints(size)])], { perm: [1, 0, 2] })

/**
 * The gradients of what enters the gates, by step. With dh and dc those of state and memory after a step: dc = dh · o · (1 − tanh²c) + dc' · f'
 * of the step after it, and the gates get dc · g · i(1 − i), dc · c⁻ · f(1 − f), dc · i · (1 − g²) and dh · tanh c · o(1 − o).
 */
function gatesGradient(
  g: OnnxGraph,
  p: Lstm,
  cells: readonly Cell[],
  order: readonly number[],
  dy: string,
  batch: number,
) {
  const { recurrent, returnSequences, units } = p
  const steps = cells.length
  const of = (name: keyof Cell) =>
    allSteps(
      g,
      cells.map((cell) => cell[name]),
    )
  const mul = (a: string, b: string) => g.op('Mul', [a, b])
  const [i, f, candidate, o, shown] = [of('i'), of('f'), of('g'), of('o'), of('shown')]
  const ofSigmoid = (s: string) => g.op('Sub', [s, mul(s, s)])
  const ofTanh = (t: string) => g.op('Sub', [g.floats([1]), mul(t, t)])
  const factors = [
    mul(candidate, ofSigmoid(i)),
    mul(of('before'), ofSigmoid(f)),
    mul(i, ofTanh(candidate)),
    mul(shown, ofSigmoid(o)),
  ]
  const gates = perStep(g, g.op('Concat', factors, { axis: 1 }), steps)
  const toMemory = perStep(g, mul(o, ofTanh(shown)), steps)
  const rows = returnSequences
    ? perStep(g, g.op('Reshape', [g.op('Transpose', [dy], { perm: [1, 0, 2] }), g.ints([steps * batch, units])]), steps)
    : null
  const toState = swapped(g, recurrent)
  const result: string[] = []
  let [dzAfter, dcAfter, fAfter] = ['', '', '']
  for (const step of order.toReversed()) {
    const own = rows?.[step]
    const dh: string =
      dzAfter === '' ? (own ?? dy) : g.op('Gemm', [dzAfter, toState, ...(own === undefined ? [] : [own])])
    const direct = mul(dh, toMemory[step] ?? '')
    const dc: string = dcAfter === '' ? direct : g.op('Add', [direct, mul(dcAfter, fAfter)])
    const dz = mul(g.op('Concat', [dc, dc, dc, dh], { axis: 1 }), gates[step] ?? '')
    result[step] = dz
    ;[dzAfter, dcAfter, fAfter] = [dz, dc, cells[step]?.f ?? '']
  }
  return result
}
