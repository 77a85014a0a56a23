import { floatOf, type Rule, rule } from './rule'

export const frozen = {
  /** By moving statistics, which stay as they are: a factor per channel. Its own weights are not trained. */
  BatchNormalization: rule(({ g, inputs: [x = '', scale = '', , , variance = ''], node }, dy) => {
    const deviation = g.op('Sqrt', [g.op('Add', [variance, g.floats([floatOf(node.attributes.epsilon, 1e-5)])])])
    const size = g.sizeOf(x).map((n, i) => (i === 1 ? n : 1))
    const factor = g.op('Reshape', [g.op('Div', [scale, deviation]), g.ints(size)])
    return [g.op('Mul', [dy, factor]), null, null, null, null]
  }),
} satisfies Record<string, Rule>
