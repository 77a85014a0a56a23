import type { AnyActivation } from '../../activations'
import type { OnnxGraph, Value } from './graph'

type Emit = (g: OnnxGraph, x: Value) => Value

const overChannels =
  (op: string): Emit =>
  (g, x) =>
    g.each(op, x, { axis: g.axis(x, -1) })
const times = (g: OnnxGraph, x: Value, by: string): Value => ({ ...x, name: g.op('Mul', [x.name, by]) })
const plain =
  (op: string, attributes: Readonly<Record<string, number>> = {}): Emit =>
  (g, x) =>
    g.each(op, x, Object.fromEntries(Object.entries(attributes).map(([k, float]) => [k, { float }])))

/** x · Φ(x) = x / 2 · (1 + erf(x / √2)): opset 17 has no Gelu of its own. */
const gelu: Emit = (g, x) => {
  const erf = g.op('Erf', [g.op('Mul', [x.name, g.floats([Math.SQRT1_2])])])
  const phi = g.op('Mul', [g.op('Add', [erf, g.floats([1])]), g.floats([0.5])])
  return times(g, x, phi)
}

/** The operators of every activation function, at inference. */
export const onnxActivations: Readonly<Record<AnyActivation, Emit>> = {
  linear: (_, x) => x,
  relu: plain('Relu'),
  relu6: (g, x) => g.each('Clip', x, {}, [g.floats([0]), g.floats([6])]),
  elu: plain('Elu'),
  selu: plain('Selu'),
  sigmoid: plain('Sigmoid'),
  hardSigmoid: plain('HardSigmoid', { alpha: 0.2, beta: 0.5 }),
  tanh: plain('Tanh'),
  softplus: plain('Softplus'),
  softsign: plain('Softsign'),
  softmax: overChannels('Softmax'),
  swish: (g, x) => times(g, x, g.op('Sigmoid', [x.name])),
  gelu,
  mish: (g, x) => times(g, x, g.op('Tanh', [g.op('Softplus', [x.name])])),
  leakyRelu: plain('LeakyRelu', { alpha: 0.01 }),
  rrelu(g, x) {
    const [from, to] = [1 / 8, 1 / 3]
    if (!g.training) return plain('LeakyRelu', { alpha: (from + to) / 2 })(g, x)
    const drawn = g.op('Mul', [g.noise('uniform', g.inMemory(x)), g.floats([to - from])])
    return g.each('PRelu', x, {}, [g.op('Add', [drawn, g.floats([from])])])
  },
  thresholdedRelu: plain('ThresholdedRelu', { alpha: 1 }),
  step: (g, x) => ({ ...x, name: g.op('Cast', [g.op('Greater', [x.name, g.floats([0])])], { to: 1 }) }),
  hardSwish: plain('HardSwish'),
  logSoftmax: overChannels('LogSoftmax'),
}
