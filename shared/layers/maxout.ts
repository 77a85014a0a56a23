import { int } from '../fields'
import { defineLayer, elements } from '../layer'
import { gcd } from '../math'
import { draft } from '../problems'
import { customLayer } from '../tfjs'

export const maxout = defineLayer({
  label: 'Maxout',
  category: 'activation',
  doc: {
    summary: 'Keeps the largest of every few neighbouring channels: a learned, piecewise linear activation.',
    formula: 'y[k] = max of x[k·n … k·n + n − 1], n = channels / units',
    source: 'Goodfellow et al., Maxout networks, 2013',
  },
  fields: { units: int({ default: 1, help: 'Number of output channels; must divide the input channels.' }) },
  inputs: { min: 1, max: 1 },
  examples: [{ params: { units: 8 }, inputs: [[4, 4, 16]], outputs: [[4, 4, 8]], macs: 0 }],
  shape([x = null], { units }) {
    const channels = x?.at(-1) ?? null
    const outputs = [x && [...x.slice(0, -1), units]]
    if (channels === null || channels % units === 0) return { outputs }
    const fit = gcd(channels, units)
    const problem = draft('unitsOfChannels', { units, channels, fit }, 'units', { kind: 'set', params: { units: fit } })
    return { outputs, problems: [problem] }
  },
  cost: ([x = []]) => ({ macs: 0, flops: elements(x) }),
  digest: (p) => String(p.units),
  tfjs: (p) => [customLayer('maxout', { units: p.units })],
  onnx(g, [x], { units }, shape) {
    const pieces = g.reshape(x, [...x.shape.slice(0, -1), units, (x.shape.at(-1) ?? 1) / units])
    return { name: g.op('ReduceMax', [pieces.name], { axes: [-1], keepdims: 0 }), shape, layout: 'last' }
  },
  pytorch(g, [x], { units }, shape) {
    const v = g.natural(x)
    const dim = g.axis(v, -1)
    const pieces = (x.shape.at(-1) ?? 1) / units
    const write = ([v]: readonly string[]) => `${v}.unflatten(${dim}, (${units}, ${pieces})).amax(dim=${dim + 1})`
    return g.call([v], write, { shape, layout: v.layout }, { form: 'method' })
  },
})
