import { bool, float, int } from '../fields'
import { defineLayer, elements } from '../layer'
import { draft } from '../problems'
import { tfLayer } from '../tfjs'

export const batchNorm = defineLayer({
  label: 'Batch normalization',
  category: 'normalization',
  doc: {
    summary: 'Brings each channel to zero mean and unit variance over the batch, then scales and shifts it.',
    formula: 'y = γ · (x − mean) / √(variance + ε) + β',
    source: 'Ioffe, Szegedy, Batch normalization, 2015',
  },
  fields: {
    axis: int({ default: -1, min: -8, max: 7, help: 'The axis of the channels; −1 is the last.' }),
    momentum: float({ default: 0.99, min: 0, max: 1, help: 'Share of the old moving statistics kept at each step.' }),
    epsilon: float({ default: 0.001, min: 0, max: 1, open: true, help: 'Keeps the division away from zero.' }),
    center: bool({ default: true, help: 'Learns the shift β.' }),
    scale: bool({ default: true, help: 'Learns the scale γ.' }),
  },
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: {},
      inputs: [[8, 8, 16]],
      outputs: [[8, 8, 16]],
      weights: { gamma: [16], beta: [16], movingMean: [16], movingVariance: [16] },
      macs: 0,
    },
  ],
  shape([x = null], p) {
    const bad = x && (p.axis >= x.length || p.axis < -x.length)
    return {
      outputs: [x],
      problems: bad
        ? [
            draft('axisRange', { axis: p.axis, rank: x.length, min: -x.length, max: x.length - 1 }, 'axis', {
              kind: 'set',
              params: { axis: -1 },
            }),
          ]
        : [],
    }
  },
  weights([x = null], p) {
    const shape = [x?.at(p.axis) ?? null]
    return [
      ...(p.scale ? [{ name: 'gamma', shape, trainable: true }] : []),
      ...(p.center ? [{ name: 'beta', shape, trainable: true }] : []),
      { name: 'movingMean', shape, trainable: false },
      { name: 'movingVariance', shape, trainable: false },
    ]
  },
  // Subtract, multiply, and per learned vector one more, as at inference.
  cost: ([x = []], _, p) => ({ macs: 0, flops: elements(x) * (2 + (p.scale ? 1 : 0) + (p.center ? 1 : 0)) }),
  // tfjs counts the batch as axis 0.
  tfjs: ({ axis, ...p }) => [tfLayer('batchNormalization', { ...p, axis: axis < 0 ? axis : axis + 1 })],
})
