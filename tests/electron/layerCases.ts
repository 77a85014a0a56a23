import { activationNames, allActivationNames } from '#shared/activations'
import { defaultsOf, type Params } from '#shared/fields'
import { Builder, type Wire } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { infer } from '#shared/graph/infer'
import type { Example } from '#shared/layer'
import { type LayerType, layers, layerTypes } from '#shared/layers/index'

type Case = Pick<Example, 'params' | 'inputs'>
const recurrent = (type: 'simpleRNN' | 'lstm' | 'gru'): Case[] => [
  { params: { units: 5, returnSequences: true }, inputs: [[6, 3]] },
  { params: { units: 5, useBias: false }, inputs: [[6, 3]] },
  { params: { units: 4 }, inputs: [[1, 3]] },
  {
    params: { units: 5, activation: 'relu', ...(type !== 'simpleRNN' && { recurrentActivation: 'hardSigmoid' }) },
    inputs: [[6, 3]],
  },
  { params: { units: 4, activation: 'selu', returnSequences: true }, inputs: [[5, 3]] },
  { params: { units: 4, activation: 'swish' }, inputs: [[5, 3]] },
  { params: { units: 4, activation: 'softmax', useBias: false }, inputs: [[5, 3]] },
  { params: { units: 4, activation: 'relu', returnSequences: true }, inputs: [[5, 3]] },
  {
    params: { units: 4, activation: 'sigmoid', ...(type !== 'simpleRNN' && { recurrentActivation: 'tanh' }) },
    inputs: [[2, 3]],
  },
]
/** Of either kind: by TensorFlow's padding, by a padding of its own, and with a window that is cut. */
export const pooling2d: readonly Case[] = [
  { params: { poolSize: [3, 3], padding: 'same' }, inputs: [[7, 8, 2]] },
  { params: { poolSize: [3, 2], strides: [1, 2], padding: [1, 1, 0, 1] }, inputs: [[6, 7, 2]] },
  { params: { poolSize: [3, 3], strides: [2, 2], ceilMode: true }, inputs: [[6, 6, 2]] },
]
/** Settings that the examples do not show. */
const more: Partial<Record<LayerType, readonly Case[]>> = {
  activation: allActivationNames.map((name) => ({ params: { function: name }, inputs: [[4, 5, 6]] })),
  dense: activationNames.map((activation) => ({ params: { units: 5, activation }, inputs: [[7]] })),
  conv2d: [
    { params: { filters: 4, strides: [2, 1], kernelSize: [3, 2], activation: 'softmax' }, inputs: [[9, 8, 3]] },
    { params: { filters: 4, dilationRate: [2, 3], activation: 'elu', padding: 'valid' }, inputs: [[9, 10, 3]] },
    { params: { filters: 6, groups: 3, strides: [2, 2], activation: 'gelu' }, inputs: [[7, 8, 6]] },
    { params: { filters: 4, padding: [0, 1, 2, 3], kernelSize: [2, 2] }, inputs: [[6, 5, 2]] },
    // Many channels: their gradients are computed in another way.
    { params: { filters: 4, strides: [2, 1] }, inputs: [[7, 6, 17]] },
    { params: { filters: 3, dilationRate: [2, 2], padding: 'valid' }, inputs: [[7, 6, 16]] },
    { params: { filters: 3, kernelSize: [1, 1] }, inputs: [[4, 5, 18]] },
    { params: { filters: 3, kernelSize: [1, 1], strides: [2, 2], padding: 'valid' }, inputs: [[4, 5, 18]] },
  ],
  conv1d: [
    { params: { filters: 3, strides: [2] }, inputs: [[9, 20]] },
    { params: { filters: 4, strides: [2], padding: [2, 1], activation: 'relu' }, inputs: [[11, 3]] },
  ],
  conv3d: [{ params: { filters: 4, strides: [2, 1, 2], padding: 'same' }, inputs: [[5, 4, 6, 3]] }],
  conv2dTranspose: [
    { params: { filters: 3, kernelSize: [3, 3], strides: [2, 2], activation: 'relu' }, inputs: [[4, 5, 2]] },
    { params: { filters: 3, kernelSize: [2, 3], strides: [3, 1] }, inputs: [[4, 5, 2]] },
    { params: { filters: 3, kernelSize: [2, 2], strides: [3, 3], padding: 'valid' }, inputs: [[4, 5, 2]] },
    { params: { filters: 3, kernelSize: [5, 4], strides: [2, 3], padding: [2, 1, 0, 1] }, inputs: [[4, 5, 2]] },
  ],
  depthwiseConv2d: [{ params: { strides: [2, 2], depthMultiplier: 3, activation: 'relu6' }, inputs: [[9, 8, 2]] }],
  separableConv2d: [{ params: { filters: 5, strides: [2, 2], depthMultiplier: 2 }, inputs: [[9, 8, 3]] }],
  maxPooling2d: pooling2d,
  averagePooling2d: pooling2d,
  maxPooling1d: [{ params: { poolSize: [3], strides: [2], ceilMode: true }, inputs: [[6, 2]] }],
  averagePooling3d: [{ params: { poolSize: [2, 3, 2], padding: 'same' }, inputs: [[5, 4, 3, 2]] }],
  batchNorm: [
    { params: { center: false }, inputs: [[4, 5, 3]] },
    { params: { scale: false }, inputs: [[6]] },
    { params: { axis: 0 }, inputs: [[4, 5, 3]] },
  ],
  layerNorm: [
    { params: { axis: [0, 1], scale: false }, inputs: [[4, 5, 3]] },
    { params: { axis: [0] }, inputs: [[4, 5, 3]] },
  ],
  groupNorm: [
    { params: { groups: 3, center: false }, inputs: [[6]] },
    { params: { groups: 2, scale: false }, inputs: [[5, 4]] },
  ],
  prelu: (['positions', 'all', 'none'] as const).map((sharing) => ({ params: { sharing }, inputs: [[4, 5, 3]] })),
  embedding: [{ params: { inputDim: 3, outputDim: 4 }, inputs: [[5]] }],
  crelu: [{ params: {}, inputs: [[4, 5, 3]] }],
  maxout: [{ params: { units: 3 }, inputs: [[4, 5, 6]] }],
  lrn: [{ params: { depthRadius: 1, alpha: 0.5, beta: 0.6, bias: 1 }, inputs: [[3, 4, 5]] }],
  concat: [
    {
      params: { axis: 0 },
      inputs: [
        [2, 3, 4],
        [5, 3, 4],
      ],
    },
  ],
  upSampling: [{ params: { size: [2, 3], interpolation: 'bilinear' }, inputs: [[4, 5, 3]] }],
  zeroPad: [{ params: { padding: [0, 1, 2, 3] }, inputs: [[4, 5, 3]] }],
  crop: [{ params: { cropping: [0, 1, 2, 1] }, inputs: [[4, 5, 3]] }],
  simpleRNN: recurrent('simpleRNN'),
  lstm: recurrent('lstm'),
  gru: recurrent('gru'),
  bidirectional: (['concat', 'sum', 'mul', 'ave'] as const).flatMap((mergeMode) =>
    (['simpleRNN', 'lstm', 'gru'] as const).flatMap((layer) => [
      { params: { units: 3, layer, mergeMode, returnSequences: mergeMode !== 'sum' }, inputs: [[4, 2]] },
      {
        params: { units: 3, layer, mergeMode, activation: 'selu', returnSequences: mergeMode !== 'ave' },
        inputs: [[4, 2]],
      },
    ]),
  ),
}

/** The reference is slow: networks beyond this are left to smaller examples of the same layer. */
const MAX_MACS = 1_000_000
const MAX_ELEMENTS = 100_000

/** The layer alone, and between two convolutions, which leave and want their channels first. */
function graphsOf(type: LayerType, { params, inputs }: Case): Graph[] {
  const build = (channelsFirst: boolean): Graph => {
    const b = new Builder()
    const wires = inputs.map((shape): Wire => {
      const x = b.input(shape)
      if (!channelsFirst) return x
      return b.layer('conv2d', { filters: shape.at(-1) ?? 1, kernelSize: [1, 1] }, x)
    })
    const own = { ...defaultsOf(layers[type].fields), ...params } as Params
    const y = b.layer(type, own as never, wires)
    if (channelsFirst) b.layer('activation', { function: 'tanh' }, y)
    return b.build()
  }
  return inputs.every((s) => s.length === 3) && type !== ('embedding' as LayerType)
    ? [build(false), build(true)]
    : [build(false)]
}

export interface LayerCase {
  readonly type: LayerType
  readonly graph: Graph
  readonly title: string
}

/** Every layer in its settings, small enough for the reference to compute. */
export const layerCases: readonly LayerCase[] = layerTypes
  .filter((type) => type !== 'input')
  .flatMap((type) =>
    [...layers[type].examples, ...(more[type] ?? [])].flatMap((c) =>
      graphsOf(type, c).map((graph, i) => ({
        type,
        graph,
        title: `${type} ${JSON.stringify(c.params)} on ${c.inputs.map((s) => s.join('×')).join(', ')}${i > 0 ? ' behind a convolution' : ''}`,
      })),
    ),
  )
  .filter(({ graph }) => {
    const { totals } = infer(graph)
    return totals.macs <= MAX_MACS && totals.activationBytes / 4 <= MAX_ELEMENTS && totals.params.total <= MAX_ELEMENTS
  })
