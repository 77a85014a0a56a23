import { choice, float } from '../fields'
import { defineLayer } from '../layer'
import { type LossType, lossTypes } from '../training/losses'

export const output = defineLayer({
  label: 'Output',
  category: 'io',
  doc: {
    summary:
      'Marks an output of the network and gives it a loss and a loss weight of its own. It passes on what enters it, so that it can also stand in the middle.',
    formula: 'y = x; the loss of the network is Σ weight · loss over its outputs',
    source: 'Szegedy et al., Going deeper with convolutions, 2015 (auxiliary classifiers of weight 0.3)',
  },
  fields: {
    loss: choice<LossType | 'fromTraining'>({
      default: 'fromTraining',
      options: ['fromTraining', ...lossTypes],
      help: 'What training makes small at this output: the loss of the training settings, or another.',
    }),
    lossWeight: float({
      default: 1,
      min: 0,
      max: 1_000_000,
      help: 'How much the loss of this output counts; 0 only watches it.',
    }),
  },
  inputs: { min: 1, max: 1 },
  view: true,
  examples: [{ params: { lossWeight: 0.3 }, inputs: [[10]], outputs: [[10]], macs: 0 }],
  shape: ([x = null]) => ({ outputs: [x] }),
  digest: ({ loss, lossWeight }) => `${loss === 'fromTraining' ? '' : `${loss} · `}weight ${lossWeight}`,
  tfjs: () => [],
  onnx: (_, [x]) => x,
  pytorch: (_, [x]) => x,
})
