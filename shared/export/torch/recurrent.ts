import type { Activation } from '../../activations'
import type { Cell } from '../../recurrent'
import type { RecurrentArgs } from '../../tfjs'
import { activationModule } from './activations'
import type { Arg, Module, TorchGraph, TorchValue, TorchWeight } from './graph'
import { moduleText } from './text'
import { permuted } from './weights'

type Params = Omit<RecurrentArgs, 'recurrentActivation'> & { readonly recurrentActivation?: Activation }

/** The last state, or all of them, of a layer that reads its steps in order. */
export function recurrentTorch(
  g: TorchGraph,
  cell: Cell,
  input: TorchValue,
  p: Params,
  y: readonly number[],
): TorchValue {
  const x = g.last(input)
  const module = cellModule(g, cell, x.shape.at(-1) ?? 1, p, '')
  const write = (self: string, v: string) => `${self}(${v})[0]${p.returnSequences ? '' : '[:, -1]'}`
  return g.module(x, module, { shape: y, layout: 'last' }, { write })
}

/** Both directions, then merged. */
export function bidirectionalTorch(
  g: TorchGraph,
  input: TorchValue,
  p: RecurrentArgs & { readonly layer: Cell; readonly mergeMode: 'concat' | 'sum' | 'mul' | 'ave' },
  y: readonly number[],
): TorchValue {
  const x = g.last(input)
  const [there, back] = (['forward', 'backward'] as const).map((prefix) =>
    cellModule(g, p.layer, x.shape.at(-1) ?? 1, p, prefix),
  )
  if (!there || !back) return x
  const inside = (name: string, { weights }: Module) => weights.map((w) => ({ ...w, path: `${name}.${w.path}` }))
  const module: Module = {
    type: 'Bidirectional',
    args: [
      { name: 'forwards', value: moduleText(there), positional: true },
      { name: 'backwards', value: moduleText(back), positional: true },
      { name: 'sequences', value: p.returnSequences },
    ],
    weights: [...inside('forwards', there), ...inside('backwards', back)],
  }
  const merges = {
    concat: (both: string) => `torch.cat(${both}, dim=-1)`,
    sum: (both: string) => `torch.stack(${both}).sum(0)`,
    ave: (both: string) => `torch.stack(${both}).mean(0)`,
    mul: (both: string) => `torch.stack(${both}).prod(0)`,
  }
  const write = (self: string, v: string) => merges[p.mergeMode](`${self}(${v})`)
  return g.module(x, module, { shape: y, layout: 'last' }, { write })
}

type Prefix = '' | 'forward' | 'backward'
const named = (prefix: Prefix, name: string): string =>
  prefix === '' ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1)

/** A layer of PyTorch where that computes the same, else one of the helpers. */
function cellModule(g: TorchGraph, cell: Cell, channels: number, p: Params, prefix: Prefix): Module {
  const gate = p.recurrentActivation ?? 'sigmoid'
  const sizes: readonly Arg[] = [
    { name: 'input_size', value: channels, positional: true },
    { name: 'hidden_size', value: p.units, positional: true },
  ]
  const bias: Arg = { name: 'bias', value: p.useBias, default: true }
  const batchFirst: Arg = { name: 'batch_first', value: true }
  const own = ownWeights(g, prefix, p.units)
  if (cell === 'lstm' && p.activation === 'tanh' && gate === 'sigmoid')
    return { type: 'nn.LSTM', args: [...sizes, bias, batchFirst], ...own }
  if (cell === 'simpleRNN' && (p.activation === 'tanh' || p.activation === 'relu')) {
    const nonlinearity: Arg = { name: 'nonlinearity', value: `"${p.activation}"`, default: '"tanh"' }
    return { type: 'nn.RNN', args: [...sizes, nonlinearity, bias, batchFirst], ...own }
  }
  const activation: Arg = { name: 'activation', value: activationModule(p.activation) }
  const gates: readonly Arg[] = cell === 'simpleRNN' ? [] : [{ name: 'gate', value: activationModule(gate) }]
  const type = { simpleRNN: 'SimpleRNN', lstm: 'LSTM', gru: 'GRU' }[cell]
  return { type, args: [...sizes, activation, ...gates, bias], weights: helperWeights(g, cell, prefix, p.units) }
}

/** The gates of an LSTM come in the same order as Keras's. PyTorch has a second bias, which stays 0. */
function ownWeights(g: TorchGraph, prefix: Prefix, units: number): Pick<Module, 'weights' | 'wraps'> {
  const [kernel, recurrent, bias] = ['kernel', 'recurrentKernel', 'bias'].map((name) => named(prefix, name))
  const [channels = 1, columns = 1] = g.weightShape(kernel ?? '')
  const biases = g.weight(bias ?? '', 'bias_ih_l0', [columns])
  const weights: readonly TorchWeight[] = [
    ...g.weight(kernel ?? '', 'weight_ih_l0', [columns, channels], permuted([1, 0])),
    ...g.weight(recurrent ?? '', 'weight_hh_l0', [columns, units], permuted([1, 0])),
    ...biases,
    ...(biases.length > 0 ? [{ path: 'bias_hh_l0', shape: [columns], from: 0 }] : []),
  ]
  return { weights, wraps: biases.length > 0 ? ['one_bias'] : [] }
}

function helperWeights(g: TorchGraph, cell: Cell, prefix: Prefix, units: number): readonly TorchWeight[] {
  const [kernel, recurrent, bias] = ['kernel', 'recurrentKernel', 'bias'].map((name) => named(prefix, name))
  const [channels = 1, columns = 1] = g.weightShape(kernel ?? '')
  /** Rows of the transposed matrix: the gates lie one after the other. */
  const rows = (path: string, from: number, to: number) =>
    g.weight(recurrent ?? '', path, [to - from, units], (values, shape) =>
      permuted([1, 0])(values, shape).slice(from * units, to * units),
    )
  return [
    ...g.weight(kernel ?? '', 'input.weight', [columns, channels], permuted([1, 0])),
    ...g.weight(bias ?? '', 'input.bias', [columns]),
    // The candidate of a GRU has a product of its own.
    ...(cell === 'gru'
      ? [...rows('gates.weight', 0, 2 * units), ...rows('state.weight', 2 * units, 3 * units)]
      : rows('state.weight', 0, columns)),
  ]
}
