import type { Activation } from '../../activations'
import type { Cell } from '../../recurrent'
import type { RecurrentArgs } from '../../tfjs'
import { onnxActivations } from './activations'
import type { OnnxGraph, Value } from './graph'
import { recurrentTraining, trainsAsWhole } from './recurrentTraining'
import type { WeightLayout } from './weightLayout'

type Params = Omit<RecurrentArgs, 'recurrentActivation'> & { readonly recurrentActivation?: Activation }
interface Gates {
  /** The prefix of the weights' names within a bidirectional layer. */
  readonly prefix: '' | 'forward' | 'backward'
  readonly cell: Cell
}

/** What ONNX's recurrent operators know, with the one that Keras means by it. */
type Known = readonly [name: string, alpha?: number, beta?: number]
const known: Partial<Readonly<Record<Activation, Known>>> = {
  linear: ['Affine', 1, 0],
  relu: ['Relu'],
  tanh: ['Tanh'],
  sigmoid: ['Sigmoid'],
  hardSigmoid: ['HardSigmoid', 0.2, 0.5],
  elu: ['Elu', 1],
  softsign: ['Softsign'],
  softplus: ['Softplus'],
}

const weightName = (prefix: Gates['prefix'], name: string): string =>
  prefix === '' ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1)

/** The last state, or all of them, of a layer that reads its steps in order. */
export function recurrentOnnx(g: OnnxGraph, cell: Cell, x: Value, p: Params, y: readonly number[]): Value {
  const states = run(g, x, p, [{ prefix: '', cell }])
  return { name: g.op('Reshape', [states, g.ints([0, ...y])]), shape: y, layout: 'last' }
}

/** Both directions, then merged. */
export function bidirectionalOnnx(
  g: OnnxGraph,
  x: Value,
  p: RecurrentArgs & { readonly layer: Cell; readonly mergeMode: 'concat' | 'sum' | 'mul' | 'ave' },
  y: readonly number[],
): Value {
  const { layer: cell, mergeMode } = p
  const states = run(g, x, p, [
    { prefix: 'forward', cell },
    { prefix: 'backward', cell },
  ])
  const axis = p.returnSequences ? 2 : 1
  const merged = () => {
    switch (mergeMode) {
      case 'concat':
        return states
      case 'sum':
        return g.op('ReduceSum', [states, g.ints([axis])])
      case 'ave':
        return g.op('ReduceMean', [states], { axes: [axis] })
      case 'mul':
        return g.op('ReduceProd', [states], { axes: [axis] })
    }
  }
  return { name: g.op('Reshape', [merged(), g.ints([0, ...y])]), shape: y, layout: 'last' }
}

/** States as batch, (steps,) directions, units. */
function run(g: OnnxGraph, x: Value, p: Params, directions: readonly Gates[]): string {
  const names = [p.recurrentActivation ?? 'sigmoid', p.activation]
  const whole = g.storesWeights || (!g.training && directions.every((d) => computedAsWhole.has(d.cell)))
  if (whole && names.every((name) => known[name])) return withOperator(g, x, p, directions)
  const outputs = directions.map((d) => unrolled(g, x, p, d))
  const axis = p.returnSequences ? 2 : 1
  return g.op(
    'Concat',
    outputs.map((name) => g.op('Unsqueeze', [name, g.ints([axis])])),
    { axis },
  )
}

/**
 * Which operators of whole sequences ONNX Runtime computes faster than step by step: that of the LSTM in two thirds of the time. GRU takes 1.1
 * times as long, simple RNN 4 times, so that only files, which are to be read, have these.
 */
const computedAsWhole: ReadonlySet<Cell> = new Set(['lstm'])

const operators = {
  simpleRNN: { op: 'RNN', gates: 1, order: null },
  gru: { op: 'GRU', gates: 3, order: null },
  // Keras: input, forget, cell, output. ONNX: input, output, forget, cell.
  lstm: { op: 'LSTM', gates: 4, order: [0, 3, 1, 2] },
} as const

function withOperator(g: OnnxGraph, x: Value, p: Params, directions: readonly Gates[]): string {
  const steps = g.op('Transpose', [g.last(x).name], { perm: [1, 0, 2] })
  const { cell } = directions[0] ?? { cell: 'simpleRNN' as const }
  const { op, gates, order } = operators[cell]
  const width = gates * p.units
  const layout = (rows: number): WeightLayout => ({
    ...(order && { blocks: order }),
    perm: [1, 0],
    shape: [1, width, rows],
  })
  const together = (parts: readonly string[]) =>
    parts.length > 1 ? g.op('Concat', parts, { axis: 0 }) : (parts[0] ?? '')
  const weights = (name: string) =>
    together(
      directions.map(({ prefix }) => {
        const full = weightName(prefix, name)
        return g.weight(full, layout(g.weightShape(full)[0] ?? 1))
      }),
    )
  const zeros = g.floats(new Array(width).fill(0), [1, width])
  const bias = () =>
    together(
      directions.map(({ prefix }) => {
        const own = g.weight(weightName(prefix, 'bias'), { ...(order && { blocks: order }), shape: [1, width] })
        return g.op('Concat', [own, zeros], { axis: 1 })
      }),
    )
  const gate = p.recurrentActivation ?? 'sigmoid'
  const functions = { simpleRNN: [p.activation], gru: [gate, p.activation], lstm: [gate, p.activation, p.activation] }
  const each = directions.flatMap(() => functions[cell].map((name): Known => known[name] ?? [name]))
  const inputs = [steps, weights('kernel'), weights('recurrentKernel'), ...(p.useBias ? [bias()] : [])]
  const [all = '', last = ''] = g.ops(op, inputs, 2, {
    hidden_size: p.units,
    direction: directions.length > 1 ? 'bidirectional' : 'forward',
    activations: { strings: each.map(([name]) => name) },
    activation_alpha: { floats: each.flatMap(([, alpha]) => alpha ?? []) },
    activation_beta: { floats: each.flatMap(([, , beta]) => beta ?? []) },
  })
  return p.returnSequences
    ? g.op('Transpose', [all], { perm: [2, 0, 1, 3] })
    : g.op('Transpose', [last], { perm: [1, 0, 2] })
}

/** Zeros for each sample. */
function zeroState(g: OnnxGraph, input: string, units: number): string {
  if (g.batch !== null) return g.floats(new Array(g.batch * units).fill(0), [g.batch, units])
  const batch = g.op('Shape', [input], { start: 0, end: 1 })
  return g.op('ConstantOfShape', [g.op('Concat', [batch, g.ints([units])], { axis: 0 })])
}

/** Step by step, for training and for functions that ONNX's operators do not know. */
function unrolled(g: OnnxGraph, x: Value, p: Params, { prefix, cell }: Gates): string {
  const [steps = 1] = x.shape
  const [kernel, recurrent] = [g.weight(weightName(prefix, 'kernel')), g.weight(weightName(prefix, 'recurrentKernel'))]
  const bias = p.useBias ? g.weight(weightName(prefix, 'bias')) : null
  const input = g.last(x).name
  const gateName = p.recurrentActivation ?? 'sigmoid'
  if (g.training && trainsAsWhole(cell, p.activation, gateName)) {
    const layer = { ...p, gate: gateName, kernel, recurrent, bias, backwards: prefix === 'backward' }
    return recurrentTraining(g, cell, x, layer, zeroState(g, input, p.units))
  }
  const projected = g.op('MatMul', [input, kernel])
  const all = bias === null ? projected : g.op('Add', [projected, bias])
  const parts = g.ops('Split', [all, g.ints(new Array(steps).fill(1))], steps, { axis: 1 })
  const at = (step: number) => g.op('Reshape', [parts[step] ?? '', g.ints([0, -1])])
  const act = (name: Activation, value: string) =>
    onnxActivations[name](g, { name: value, shape: [p.units], layout: 'last' }).name
  const gate = (value: string) => act(gateName, value)
  const blocks = (value: string, count: number) =>
    count === 1 ? [value] : g.ops('Split', [value], count, { axis: -1 })
  const sliceOf = (weight: string, from: number, to: number) =>
    g.op('Slice', [weight, g.ints([from * p.units]), g.ints([to * p.units]), g.ints([1])])

  let h = zeroState(g, input, p.units)
  let c = h
  const states: string[] = []
  const order = Array.from({ length: steps }, (_, i) => (prefix === 'backward' ? steps - 1 - i : i))
  const [gatesOf, candidateOf] = cell === 'gru' ? [sliceOf(recurrent, 0, 2), sliceOf(recurrent, 2, 3)] : ['', '']
  for (const step of order) {
    if (cell === 'gru') {
      const [xz = '', xr = '', xh = ''] = blocks(at(step), 3)
      const [hz = '', hr = ''] = blocks(g.op('MatMul', [h, gatesOf]), 2)
      const [z, r] = [gate(g.op('Add', [xz, hz])), gate(g.op('Add', [xr, hr]))]
      const candidate = act(p.activation, g.op('Add', [xh, g.op('MatMul', [g.op('Mul', [r, h]), candidateOf])]))
      h = g.op('Add', [g.op('Mul', [z, h]), g.op('Mul', [g.op('Sub', [g.floats([1]), z]), candidate])])
    } else {
      const sum = g.op('Add', [at(step), g.op('MatMul', [h, recurrent])])
      if (cell === 'simpleRNN') h = act(p.activation, sum)
      else {
        const [i = '', f = '', candidate = '', o = ''] = blocks(sum, 4)
        const fresh = g.op('Mul', [gate(i), act(p.activation, candidate)])
        c = g.op('Add', [g.op('Mul', [gate(f), c]), fresh])
        h = g.op('Mul', [gate(o), act(p.activation, c)])
      }
    }
    states[step] = h
  }
  if (!p.returnSequences) return h
  return g.op(
    'Concat',
    states.map((s) => g.op('Unsqueeze', [s, g.ints([1])])),
    { axis: 1 },
  )
}
