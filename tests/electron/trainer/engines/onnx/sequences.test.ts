import { describe, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { compareTraining } from './sameTraining'

const functions = { simpleRNN: {}, gru: { recurrentActivation: 'hardSigmoid' }, lstm: { activation: 'relu' } } as const

function ofSequences(draw: (b: Builder) => ReturnType<Builder['input']>): Graph {
  const b = new Builder()
  b.layer('dense', { units: 3, activation: 'softmax' }, draw(b))
  return b.build()
}

describe('recurrent layers train and answer as those of the built-in engine', () => {
  test.each(['simpleRNN', 'gru', 'lstm'] as const)('%s', (type) =>
    compareTraining(
      'onnx',
      ofSequences((b) => {
        const states = b.layer(type, { units: 5, returnSequences: true }, b.input([4, 3]))
        return b.layer(type, { units: 4, useBias: false, ...functions[type] }, states)
      }),
    ),
  )
  test.each(['gru', 'lstm'] as const)('%s in both directions', (layer) =>
    compareTraining(
      'onnx',
      ofSequences((b) => b.layer('bidirectional', { layer, units: 4 }, b.input([5, 2]))),
    ),
  )
})
