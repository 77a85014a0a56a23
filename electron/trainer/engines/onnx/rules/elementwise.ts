import { asNumber, floatOf, numberOf, positivePart, type Rule, rule, unstretched } from './rule'

/** Functions of one tensor, by their derivative. */
const fromOutput = (derivative: (g: Parameters<Rule>[0]['g'], y: string, x: string) => string): Rule =>
  rule(({ g, x, y }, dy) => [g.op('Mul', [dy, derivative(g, y, x)])])

export const elementwise = {
  Relu: rule(({ g, masked, y }, dy) => [masked.has(dy) ? dy : positivePart(g, dy, y)]),
  ThresholdedRelu: rule(({ g, node, x }, dy) => [
    g.op('Mul', [dy, asNumber(g, g.op('Greater', [x, g.floats([floatOf(node.attributes.alpha, 1)])]))]),
  ]),
  // Slope 1 where x > 0, else alpha: alpha + (1 − alpha) · mask.
  LeakyRelu: rule(({ g, node, x }, dy) => {
    const alpha = floatOf(node.attributes.alpha, 0.01)
    const mask = asNumber(g, g.op('Greater', [x, g.floats([0])]))
    const slope = g.op('Add', [g.op('Mul', [mask, g.floats([1 - alpha])]), g.floats([alpha])])
    return [g.op('Mul', [dy, slope])]
  }),
  PRelu: rule(({ g, inputs, wanted, x }, dy) => {
    const slope = inputs[1] ?? ''
    const positive = asNumber(g, g.op('Greater', [x, g.floats([0])]))
    const negative = g.op('Sub', [g.floats([1]), positive])
    const part = g.op('Mul', [dy, negative])
    return [
      g.op('Add', [g.op('Mul', [dy, positive]), g.op('Mul', [part, slope])]),
      wanted[1] ? unstretched(g, g.op('Mul', [part, x]), slope) : null,
    ]
  }),
  // y' = y + 1 below 0.
  Elu: fromOutput((g, y, x) => {
    const positive = g.op('Greater', [x, g.floats([0])])
    return g.op('Where', [positive, g.floats([1]), g.op('Add', [y, g.floats([1])])])
  }),
  // With λ = 1.0507 and α = 1.6733: λ above 0, y + λα below.
  Selu: fromOutput((g, y, x) => {
    const [lambda, alpha] = [1.0507009873554805, 1.6732632423543772]
    const positive = g.op('Greater', [x, g.floats([0])])
    return g.op('Where', [positive, g.floats([lambda]), g.op('Add', [y, g.floats([lambda * alpha])])])
  }),
  Sigmoid: fromOutput((g, y) => g.op('Mul', [y, g.op('Sub', [g.floats([1]), y])])),
  Tanh: fromOutput((g, y) => g.op('Sub', [g.floats([1]), g.op('Mul', [y, y])])),
  Softplus: fromOutput((g, _, x) => g.op('Sigmoid', [x])),
  // 1 / (1 + |x|)².
  Softsign: fromOutput((g, _, x) => {
    const below = g.op('Add', [g.op('Abs', [x]), g.floats([1])])
    return g.op('Reciprocal', [g.op('Mul', [below, below])])
  }),
  HardSigmoid: fromOutput((g, y) => {
    const within = g.op('And', [g.op('Greater', [y, g.floats([0])]), g.op('Less', [y, g.floats([1])])])
    return g.op('Mul', [asNumber(g, within), g.floats([0.2])])
  }),
  // x · min(max(x + 3, 0), 6) / 6: 0 below −3, 1 above 3, (2x + 3) / 6 between.
  HardSwish: fromOutput((g, _, x) => {
    const between = g.op('Add', [g.op('Mul', [x, g.floats([1 / 3])]), g.floats([0.5])])
    const upper = g.op('Where', [g.op('Greater', [x, g.floats([3])]), g.floats([1]), between])
    return g.op('Where', [g.op('Greater', [x, g.floats([-3])]), upper, g.floats([0])])
  }),
  // Of relu6. By its result, so that what enters it need not be kept.
  Clip: rule(({ g, inputs, y }, dy) => {
    const [, low = '', high = ''] = inputs
    const within = g.op('And', [g.op('Greater', [y, low]), g.op('Less', [y, high])])
    return [g.op('Mul', [dy, asNumber(g, within)]), null, null]
  }),
  Erf: fromOutput((g, _, x) =>
    g.op('Mul', [g.op('Exp', [g.op('Neg', [g.op('Mul', [x, x])])]), g.floats([2 / Math.sqrt(Math.PI)])]),
  ),
  Sqrt: fromOutput((g, y) => g.op('Div', [g.floats([0.5]), y])),
  Neg: rule(({ g }, dy) => [g.op('Neg', [dy])]),
  Identity: rule((_, dy) => [dy]),
  // To a power that is a constant.
  Pow: rule(({ g, inputs, x }, dy) => {
    const power = inputs[1] ?? ''
    const lower = g.op('Pow', [x, g.op('Sub', [power, g.floats([1])])])
    return [g.op('Mul', [dy, g.op('Mul', [power, lower])]), null]
  }),
  // Steps have no slope.
  Greater: () => [null, null],
  GreaterOrEqual: () => [null, null],
  Cast: () => [null],
  // dx = y · (dy − Σ dy · y).
  Softmax: rule(({ g, node, y }, dy) => {
    const axes = g.ints([numberOf(node.attributes.axis, -1)])
    const sum = g.op('ReduceSum', [g.op('Mul', [dy, y]), axes])
    return [g.op('Mul', [y, g.op('Sub', [dy, sum])])]
  }),
  LogSoftmax: rule(({ g, node, y }, dy) => {
    const sum = g.op('ReduceSum', [dy, g.ints([numberOf(node.attributes.axis, -1)])])
    return [g.op('Sub', [dy, g.op('Mul', [g.op('Exp', [y]), sum])])]
  }),
  Reciprocal: fromOutput((g, y) => g.op('Neg', [g.op('Mul', [y, y])])),
} satisfies Record<string, Rule>
