import { checkAxis } from '../axes'
import { batchNormOnnx } from '../export/onnx/normalization'
import { batchNormTorch } from '../export/torch/normalization'
import { float, int } from '../fields'
import { defineLayer, elements } from '../layer'
import { affineFlops, affineWeights, centerField, epsilonField, scaleField } from '../normalization'
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
    epsilon: epsilonField,
    center: centerField,
    scale: scaleField,
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
    {
      params: { scale: false },
      inputs: [[4, 3, 5, 2]],
      outputs: [[4, 3, 5, 2]],
      weights: { beta: [2], movingMean: [2], movingVariance: [2] },
      macs: 0,
    },
  ],
  shape: ([x = null], p) => ({ outputs: [x], problems: checkAxis(x, p.axis, -1) }),
  weights([x = null], p) {
    const shape = [x?.at(p.axis) ?? null]
    return [
      ...affineWeights(shape, p),
      { name: 'movingMean', shape, trainable: false },
      { name: 'movingVariance', shape, trainable: false },
    ]
  },
  // As at inference.
  cost: ([x = []], _, p) => ({ macs: 0, flops: elements(x) * affineFlops(p) }),
  // tfjs's own computes wrongly on every axis but the last: the axis goes there and back.
  tfjs({ axis, ...p }, [x = []]) {
    const layer = tfLayer('batchNormalization', { ...p, axis: -1 })
    const [at, last] = [axis < 0 ? axis + x.length : axis, x.length - 1]
    const places = x.map((_, i) => (i === at ? last : i === last ? at : i))
    const y = places.map((i) => x[i] ?? 1)
    const layers = x.length > 3 ? [toMap(y), layer, tfLayer('reshape', { targetShape: y })] : [layer]
    if (at === last) return layers
    const swap = tfLayer('permute', { dims: places.map((i) => i + 1) })
    return [swap, ...layers, swap]
  },
  onnx: (g, [x], p) => batchNormOnnx(g, x, p),
  pytorch: (g, [x], p) => batchNormTorch(g, x, p),
})

/** tfjs's own has no more axes than a map: the first ones become one. */
const toMap = (x: readonly number[]) => tfLayer('reshape', { targetShape: [elements(x.slice(0, -2)), ...x.slice(-2)] })
