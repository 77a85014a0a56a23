import { int } from '../fields'
import { defineLayer } from '../layer'
import { tfLayer } from '../tfjs'

export const embedding = defineLayer({
  label: 'Embedding',
  category: 'recurrent',
  doc: {
    summary: 'Turns whole numbers, such as the places of words in a dictionary, into learned vectors.',
    formula: 'y[i] = E[x[i]]',
    source: 'Bengio et al., A neural probabilistic language model, 2003',
  },
  fields: {
    inputDim: int({ default: 1000, max: 100_000_000, help: 'Size of the dictionary: the largest number plus one.' }),
    outputDim: int({ default: 64, max: 65_536, help: 'Size of the vectors.' }),
  },
  inputs: { min: 1, max: 1 },
  examples: [
    {
      params: { inputDim: 5000, outputDim: 32 },
      inputs: [[100]],
      outputs: [[100, 32]],
      weights: { embeddings: [5000, 32] },
      macs: 0,
    },
  ],
  stopsGradient: () => true,
  shape: ([x = null], p) => ({ outputs: [x && [...x, p.outputDim]] }),
  weights: (_, p) => [{ name: 'embeddings', shape: [p.inputDim, p.outputDim], trainable: true }],
  digest: (p) => `${p.inputDim} → ${p.outputDim}`,
  tfjs: (p) => [tfLayer('embedding', { inputDim: p.inputDim, outputDim: p.outputDim })],
  onnx: (g, [x], _, shape) => ({
    name: g.op('Gather', [g.weight('embeddings'), g.op('Cast', [g.last(x).name], { to: 7 })], { axis: 0 }),
    shape,
    layout: 'last',
  }),
  pytorch(g, [x], p, shape) {
    const args = [
      { name: 'num_embeddings', value: p.inputDim, positional: true },
      { name: 'embedding_dim', value: p.outputDim, positional: true },
    ]
    const weights = g.weight('embeddings', 'weight', [p.inputDim, p.outputDim])
    const write = (self: string, v: string) => `${self}(${v}.long())`
    return g.module(g.last(x), { type: 'nn.Embedding', args, weights }, { shape, layout: 'last' }, { write })
  },
})
