import type { Activation } from '../../activations'
import type { Cell } from '../../recurrent'
import { onnxActivations } from './activations'
import type { OnnxGraph } from './graph'
import { swapped } from './matrix'

interface Used {
  readonly g: OnnxGraph
  readonly steps: number
  /** The recurrent weights by block. */
  readonly recurrent: readonly string[]
  /** The state before the first step. */
  readonly zero: string
  readonly activation: Activation
  readonly gate: Activation
}

/** A cell at work. Steps are called by their place in the sequence; everything is `[batch, units]` or several of that side by side. */
export interface Kind {
  /** The state after a step, from what the input gives to each block and the state before. */
  step(step: number, own: readonly string[], h: string): string
  /** Once all steps are done, with the states before them in one list of rows. */
  gradient(previous: string): {
    /** What the recurrent weights of each block were multiplied with, as one list of rows. */
    readonly entered: readonly string[]
    /** From the gradient of the state after a step: those of what each block summed up, and of the state before with its own added. */
    back(step: number, dh: string): { readonly gradients: readonly string[]; before(own: readonly string[]): string }
  }
}

/** How a cell is computed for training. */
interface TrainedCell {
  /** How many gates share a product with the state, by block, in the order of the weights' columns. */
  readonly blocks: readonly number[]
  begin(used: Used): Kind
}

/** Of one list of rows, those of each step; and back. */
export const perStep = (g: OnnxGraph, all: string, steps: number): readonly string[] =>
  steps === 1 ? [all] : g.ops('Split', [all], steps, { axis: 0 })
export const allSteps = (g: OnnxGraph, parts: readonly string[]): string => g.op('Concat', parts, { axis: 0 })

/** The slope of a function where its result is known. */
export const knownSlopes: Partial<Readonly<Record<Activation, (g: OnnxGraph, y: string) => string>>> = {
  relu: (g, y) => g.op('Cast', [g.op('Greater', [y, g.floats([0])])], { to: 1 }),
  sigmoid: (g, y) => g.op('Sub', [y, g.op('Mul', [y, y])]),
  tanh: (g, y) => g.op('Sub', [g.floats([1]), g.op('Mul', [y, y])]),
}

function tools({ g, recurrent, zero, activation, gate, steps }: Used) {
  const act = (name: Activation) => (x: string) => onnxActivations[name](g, { name: x, shape: [], layout: 'last' }).name
  const slope = (name: Activation) => (y: string) => knownSlopes[name]?.(g, y) ?? y
  const toState = () => recurrent.map((u) => swapped(g, u))
  return {
    mul: (a: string, b: string) => g.op('Mul', [a, b]),
    add: (a: string, b: string) => g.op('Add', [a, b]),
    sub: (a: string, b: string) => g.op('Sub', [a, b]),
    beside: (...parts: string[]) => g.op('Concat', parts, { axis: 1 }),
    /** The sum that enters a block: nothing comes from the state before the first step. */
    sum: (block: number, own: readonly string[], h: string) =>
      h === zero ? (own[block] ?? '') : g.op('Gemm', [h, recurrent[block] ?? '', own[block] ?? '']),
    state: act(activation),
    gates: act(gate),
    ofState: slope(activation),
    ofGates: slope(gate),
    all: (parts: readonly string[]) => allSteps(g, parts),
    each: (all: string) => perStep(g, all, steps),
    /** To multiply what enters a block's sum with, on the way back; made once. */
    toState,
  }
}

/** h = act(s): ds = dh · act'(s). */
function simpleRNN(used: Used): Kind {
  const { g } = used
  const { all, each, mul, ofState, state, sum, toState } = tools(used)
  const states: string[] = []
  return {
    step(step, own, h) {
      const after = state(sum(0, own, h))
      states[step] = after
      return after
    },
    gradient(previous) {
      const slopes = each(ofState(all(states)))
      const [back = ''] = toState()
      return {
        entered: [previous],
        back(step, dh) {
          const ds = mul(dh, slopes[step] ?? '')
          return { gradients: [ds], before: (own) => g.op('Gemm', [ds, back, ...own]) }
        },
      }
    },
  }
}

/**
 * h = z · h⁻ + (1 − z) · n, n = act(s), and s sees r · h⁻ (Cho et al., 2014). The gradients are ds = dh · (1 − z) · act'(s), with q = ds · Uᵀ that
 * of r · h⁻; for the gates dh · (h⁻ − n) · z' and q · h⁻ · r'; and for h⁻ what the gates send back, dh · z and q · r.
 */
function gru(used: Used): Kind {
  const { g } = used
  const { add, all, beside, each, gates, mul, ofGates, ofState, state, sub, sum, toState } = tools(used)
  const both: string[] = []
  const updates: string[] = []
  const resets: string[] = []
  const candidates: string[] = []
  const kept: string[] = []
  return {
    step(step, own, h) {
      const zr = gates(sum(0, own, h))
      const [z = '', r = ''] = g.ops('Split', [zr], 2, { axis: 1 })
      const seen = h === used.zero ? h : mul(r, h)
      const n = state(sum(1, own, seen))
      both[step] = zr
      updates[step] = z
      resets[step] = r
      candidates[step] = n
      kept[step] = seen
      return add(n, mul(z, sub(h, n)))
    },
    gradient(previous) {
      const n = all(candidates)
      const toSum = each(mul(sub(g.floats([1]), all(updates)), ofState(n)))
      const toGates = each(mul(beside(sub(previous, n), previous), ofGates(all(both))))
      const [fromGates = '', fromSum = ''] = toState()
      return {
        entered: [previous, all(kept)],
        back(step, dh) {
          const ds = mul(dh, toSum[step] ?? '')
          const q = g.op('Gemm', [ds, fromSum])
          const dzr = mul(beside(dh, q), toGates[step] ?? '')
          return {
            gradients: [dzr, ds],
            before: (own) =>
              g.op('Sum', [
                g.op('Gemm', [dzr, fromGates, ...own]),
                mul(dh, updates[step] ?? ''),
                mul(q, resets[step] ?? ''),
              ]),
          }
        },
      }
    },
  }
}

/**
 * c = f · c⁻ + i · n, h = o · act(c) (Hochreiter, Schmidhuber, 1997). With dh and dc the gradients of state and memory after a step: dc = dh · o ·
 * act'(c) + dc⁺ · f⁺ of the step after it, and what enters the gates gets dc · n · i', dc · c⁻ · f', dc · i · n' and dh · act(c) · o'.
 */
function lstm(used: Used): Kind {
  const { g, zero } = used
  const { add, all, beside, each, gates, mul, ofGates, ofState, state, sum, toState } = tools(used)
  const inputs: string[] = []
  const forgets: string[] = []
  const candidates: string[] = []
  const outputs: string[] = []
  const memories: string[] = []
  const shown: string[] = []
  let c = zero
  return {
    step(step, own, h) {
      const [zi = '', zf = '', zn = '', zo = ''] = g.ops('Split', [sum(0, own, h)], 4, { axis: 1 })
      const [i, f, o] = [gates(zi), gates(zf), gates(zo)]
      const n = state(zn)
      const fresh = mul(i, n)
      inputs[step] = i
      forgets[step] = f
      candidates[step] = n
      outputs[step] = o
      memories[step] = c
      c = c === zero ? fresh : add(mul(f, c), fresh)
      const out = state(c)
      shown[step] = out
      return mul(o, out)
    },
    gradient(previous) {
      const [i, f, n, o, out] = [all(inputs), all(forgets), all(candidates), all(outputs), all(shown)]
      const factors = beside(
        mul(n, ofGates(i)),
        mul(all(memories), ofGates(f)),
        mul(i, ofState(n)),
        mul(out, ofGates(o)),
      )
      const toGates = each(factors)
      const toMemory = each(mul(o, ofState(out)))
      const [back = ''] = toState()
      let [dcAfter, fAfter] = ['', '']
      return {
        entered: [previous],
        back(step, dh) {
          const direct = mul(dh, toMemory[step] ?? '')
          const dc = dcAfter === '' ? direct : add(direct, mul(dcAfter, fAfter))
          dcAfter = dc
          fAfter = forgets[step] ?? ''
          const dz = mul(beside(dc, dc, dc, dh), toGates[step] ?? '')
          return { gradients: [dz], before: (own) => g.op('Gemm', [dz, back, ...own]) }
        },
      }
    },
  }
}

export const trainedCells: Readonly<Record<Cell, TrainedCell>> = {
  simpleRNN: { blocks: [1], begin: simpleRNN },
  gru: { blocks: [2, 1], begin: gru },
  lstm: { blocks: [4], begin: lstm },
}
