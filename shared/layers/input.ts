import { shape } from '../fields'
import { defineLayer } from '../layer'

export const input = defineLayer({
  label: 'Input',
  category: 'io',
  doc: {
    summary: 'Where data enters the network. Images are height × width × channels.',
    formula: 'y = x',
  },
  fields: {
    shape: shape({ default: [28, 28, 1], help: 'Size of one sample, without the batch axis; channels last.' }),
  },
  inputs: { min: 0, max: 0 },
  view: true,
  examples: [{ params: { shape: [28, 28, 1] }, inputs: [], outputs: [[28, 28, 1]] }],
  shape: (_, p) => ({ outputs: [p.shape] }),
  tfjs: () => [],
  onnx: (_, [x]) => x,
  pytorch: (_, [x]) => x,
})
