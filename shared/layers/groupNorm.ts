import { groupNormOnnx } from '../export/onnx/normalization'
import { groupNormTorch } from '../export/torch/normalization'
import { int } from '../fields'
import { defineLayer, elements } from '../layer'
import { gcd } from '../math'
import { affineFlops, affineWeights, centerField, epsilonField, scaleField } from '../normalization'
import { draft } from '../problems'
import { customLayer } from '../tfjs'

export const groupNorm = defineLayer({
  label: 'Group normalization',
  category: 'normalization',
  doc: {
    summary:
      'Brings each group of channels of each sample to zero mean and unit variance; as many groups as channels is instance normalization.',
    formula: 'y = γ · (x − mean of the group) / √(variance of the group + ε) + β',
    source: 'Wu, He, Group normalization, 2018',
  },
  fields: {
    groups: int({ default: 1, max: 65_536, help: 'Number of groups that the channels are split into.' }),
    epsilon: epsilonField,
    center: centerField,
    scale: scaleField,
  },
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { groups: 4 },
      inputs: [[8, 8, 16]],
      outputs: [[8, 8, 16]],
      weights: { gamma: [16], beta: [16] },
      macs: 0,
    },
  ],
  shape([x = null], { groups }) {
    const channels = x?.at(-1) ?? null
    if (channels === null || channels % groups === 0) return { outputs: [x] }
    const fit = gcd(channels, groups)
    const problem = draft('groupsOfChannels', { groups, channels, fit }, 'groups', {
      kind: 'set',
      params: { groups: fit },
    })
    return { outputs: [x], problems: [problem] }
  },
  weights: ([x = null], p) => affineWeights([x?.at(-1) ?? null], p),
  // Mean and variance take three more.
  cost: ([x = []], _, p) => ({ macs: 0, flops: elements(x) * (3 + affineFlops(p)) }),
  digest: (p) => `${p.groups} groups`,
  tfjs: (p) => [customLayer('groupNorm', p)],
  onnx: (g, [x], p) => groupNormOnnx(g, x, p),
  pytorch: (g, [x], p) => groupNormTorch(g, x, p),
})
