import type { AnyActivation } from '../../activations'
import type { TorchGraph, TorchValue } from './graph'

/** How a function of one tensor is written: in a forward method, and as a module. `dim` is the axis of the channels. */
interface Written {
  write(x: string, dim: number): string
  readonly form: 'call' | 'method' | 'infix'
  readonly module: ((dim: number) => string) | null
}
const call = (name: string, module: string, options = ''): Written => ({
  write: (x) => `${name}(${x}${options})`,
  form: 'call',
  module: () => `nn.${module}`,
})
const over = (name: string, module: string): Written => ({
  write: (x, dim) => `${name}(${x}, dim=${dim})`,
  form: 'call',
  module: (dim) => `nn.${module}(dim=${dim})`,
})

const table: Readonly<Record<Exclude<AnyActivation, 'linear' | 'rrelu'>, Written>> = {
  relu: call('F.relu', 'ReLU()'),
  relu6: call('F.relu6', 'ReLU6()'),
  elu: call('F.elu', 'ELU()'),
  selu: call('F.selu', 'SELU()'),
  sigmoid: call('torch.sigmoid', 'Sigmoid()'),
  // PyTorch's own has another slope.
  hardSigmoid: { write: (x) => `(0.2 * ${x} + 0.5).clamp(0, 1)`, form: 'call', module: () => 'HardSigmoid()' },
  tanh: call('torch.tanh', 'Tanh()'),
  softplus: call('F.softplus', 'Softplus()'),
  softsign: call('F.softsign', 'Softsign()'),
  softmax: over('torch.softmax', 'Softmax'),
  swish: call('F.silu', 'SiLU()'),
  gelu: call('F.gelu', 'GELU()'),
  mish: call('F.mish', 'Mish()'),
  leakyRelu: call('F.leaky_relu', 'LeakyReLU()'),
  thresholdedRelu: call('F.threshold', 'Threshold(1, 0)', ', 1, 0'),
  step: { write: (x) => `(${x} > 0).float()`, form: 'call', module: null },
  hardSwish: call('F.hardswish', 'Hardswish()'),
  logSoftmax: over('torch.log_softmax', 'LogSoftmax'),
}

/** Applies an activation function. */
export function torchActivation(g: TorchGraph, name: AnyActivation, x: TorchValue): TorchValue {
  if (name === 'linear') return x
  // Draws its slopes while training, so that it has to know whether it does.
  if (name === 'rrelu') return g.module(x, { type: 'nn.RReLU', args: [], weights: [] }, x)
  const { write, form, module } = table[name]
  const dim = x.shape.length < 2 ? -1 : g.axis(x, -1)
  return g.call([x], ([v = '']) => write(v, dim), x, { form, module: module?.(dim) ?? null })
}

/** An activation function as a module of its own, over the last axis. */
export const activationModule = (name: AnyActivation): string =>
  name === 'linear' || name === 'rrelu' ? 'nn.Identity()' : (table[name].module?.(-1) ?? 'nn.Identity()')
