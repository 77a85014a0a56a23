import { describe, expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { applyEdits } from '#shared/graph/edits'
import type { Graph } from '#shared/graph/graph'
import { infer } from '#shared/graph/infer'
import { defaultTraining } from '#shared/training/config'
import { feedOf } from '#shared/training/inputFit'
import type { LossType } from '#shared/training/losses'
import { dataMisfits, lossMisfits } from '#shared/training/misfits'
import { mainOutput, outputsOf, targetsFor } from '#shared/training/outputs'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { draw } from '../drawing'

const classes = { inputShape: [8], labels: ['a', 'b', 'c'], targetSize: 3 }
const numbers = { inputShape: [8], labels: null, targetSize: 3 }
const x = ['x', 'input', { shape: [8] }] as const
const dense = (id: string, units: number, activation = 'linear') => [id, 'dense', { units, activation }] as const

const misfits = (graph: Graph, data: typeof classes | typeof numbers, loss: LossType = 'categoricalCrossentropy') => [
  ...dataMisfits(graph, infer(graph), data),
  ...lossMisfits(graph, infer(graph), { loss }, data),
]

/** What is wrong, in full, and what its fix leaves behind. */
const table: readonly {
  what: string
  graph: Graph
  data: typeof classes | typeof numbers
  loss?: LossType
  code: string
  message: string
  mended?: readonly string[]
}[] = [
  {
    what: 'an input of another size',
    graph: draw([['x', 'input', { shape: [9] }], dense('y', 3, 'softmax')], 'x > y'),
    data: classes,
    code: 'inputMisfit',
    message: "The network's input is 9, but the data has samples of 8. Set the shape of the Input to 8.",
    mended: [],
  },
  {
    what: 'inputs that make no sample',
    graph: draw(
      [x, ['z', 'input', { shape: [2] }], ['c', 'concat'], dense('y', 3, 'softmax')],
      'x > c',
      'z > c:1',
      'c > y',
    ),
    data: classes,
    code: 'inputsMisfit',
    message:
      'The inputs take 8, 2, but the data has samples of 8. Give each input the shape of a sample, or all of them shapes that make one up.',
  },
  {
    what: 'too many classes',
    graph: draw([x, dense('y', 5, 'softmax')], 'x > y'),
    data: classes,
    code: 'classesMisfit',
    message: 'The network has 5 outputs (5), but the data has 3 classes. Give the last layer 3 units.',
    mended: [],
  },
  {
    what: 'too many numbers',
    graph: draw([x, dense('y', 5)], 'x > y'),
    data: numbers,
    loss: 'huber',
    code: 'targetMisfit',
    message: 'The network has 5 outputs (5), but the data has 3 target numbers. Give the last layer 3 units.',
    mended: [],
  },
  {
    what: 'outputs that make no target',
    graph: draw([x, dense('y', 3), dense('z', 1)], 'x > y', 'x > z'),
    data: numbers,
    loss: 'meanSquaredError',
    code: 'targetsMisfit',
    message:
      'The outputs give 3, 1 numbers, but the data has 3 target numbers. Give each output 3 units, or all of them as many together.',
  },
  {
    what: 'a loss of classes for numbers',
    graph: draw([x, dense('y', 3)], 'x > y'),
    data: numbers,
    code: 'lossNeedsClasses',
    message:
      'Categorical cross-entropy needs classes, but the targets of this data are numbers. Choose mean squared error as the loss.',
  },
  {
    what: 'a loss of classes for numbers at one output',
    graph: draw([x, dense('y', 3), ['o', 'output', { loss: 'hinge' }]], 'x > y', 'y > o'),
    data: numbers,
    loss: 'meanSquaredError',
    code: 'lossNeedsClasses',
    message: 'Hinge needs classes, but the targets of this data are numbers. Choose mean squared error as the loss.',
    mended: [],
  },
  {
    what: 'cross-entropy of raw scores',
    graph: draw([x, dense('y', 3)], 'x > y'),
    data: classes,
    code: 'endingMissing',
    message:
      'Categorical cross-entropy needs probabilities, but the network does not end in a softmax. Add one at the end, or choose another loss.',
    mended: [],
  },
  {
    what: 'raw scores before an Output layer',
    graph: draw([x, dense('y', 3), ['o', 'output', { loss: 'focal' }]], 'x > y', 'y > o'),
    data: classes,
    loss: 'categoricalHinge',
    code: 'endingMissing',
    message:
      'Focal loss needs probabilities, but the network does not end in a sigmoid. Add one at the end, or choose another loss.',
    mended: [],
  },
  {
    what: 'another ending than the loss wants',
    graph: draw([x, dense('y', 3, 'sigmoid')], 'x > y'),
    data: classes,
    code: 'endingMissing',
    message:
      'Categorical cross-entropy needs probabilities, but the network does not end in a softmax. Add one at the end, or choose another loss.',
  },
  {
    what: 'the state of a recurrent layer, which is no ending',
    graph: draw(
      [
        ['x', 'input', { shape: [4, 2] }],
        ['y', 'lstm', { units: 3, activation: 'softmax' }],
      ],
      'x > y',
    ),
    data: { ...classes, inputShape: [4, 2] },
    code: 'endingMissing',
    message:
      'Categorical cross-entropy needs probabilities, but the network does not end in a softmax. Add one at the end, or choose another loss.',
    mended: [],
  },
  {
    what: 'a softmax over a part of the classes',
    graph: draw([x, ['r', 'reshape', { target: [4, 2] }], dense('y', 1), ['s', 'softmax']], 'x > r', 'r > y', 'y > s'),
    data: { ...classes, targetSize: 4 },
    code: 'softmaxAxis',
    message:
      'The softmax at the end runs along the last axis of 4×1 only, but the classes fill all of it. Put a Flatten before it.',
  },
  {
    what: 'a softmax before numbers',
    graph: draw([x, dense('y', 3, 'softmax')], 'x > y'),
    data: numbers,
    loss: 'logCosh',
    code: 'softmaxOfNumbers',
    message:
      'The targets of this data are numbers, but the network ends in a softmax, whose outputs add up to 1. Remove it.',
    mended: [],
  },
  {
    what: 'losses that count nothing',
    graph: draw([x, dense('y', 3, 'softmax'), ['o', 'output', { lossWeight: 0 }]], 'x > y', 'y > o'),
    data: classes,
    code: 'noLossWeight',
    message:
      'Every output has a loss weight of 0, so that there is nothing to learn from. Give one of them a larger weight.',
  },
  {
    what: 'a step at the end of everything that could learn',
    graph: draw([x, dense('y', 3), ['o', 'activation', { function: 'step' }]], 'x > y', 'y > o'),
    data: classes,
    loss: 'hinge',
    code: 'nothingLearns',
    message:
      'No gradient of a loss reaches any weights, so that nothing can be learned. Take away what stops it: a step, or an embedding behind layers that learn.',
  },
]

describe('what does not fit', () => {
  test.each(table)('$what', ({ graph, data, loss, code, message, mended }) => {
    expect(
      infer(graph)
        .problems()
        .filter((p) => p.severity === 'error'),
    ).toEqual([])
    const [found, ...more] = misfits(graph, data, loss)
    expect(found).toMatchObject({ code, message, severity: 'warning' })
    expect(more).toEqual([])
    if (!mended) expect(found?.fix?.edits ?? []).toEqual([])
    else expect(misfits(applyEdits(graph, found?.fix?.edits ?? []), data, loss).map((m) => m.code)).toEqual(mended)
  })

  test('the loss of the settings is told once, and its fix is a setting', () => {
    const graph = draw([x, dense('y', 3), dense('z', 3)], 'x > y', 'x > z')
    const found = misfits(graph, numbers)
    expect(found.map((m) => [m.code, m.fix?.training])).toEqual([['lossNeedsClasses', { loss: 'meanSquaredError' }]])
  })
})

describe('outputs', () => {
  test('are Output layers, also in the middle, and layers that feed nothing', () => {
    const graph = draw(
      [
        x,
        dense('h', 4, 'sigmoid'),
        ['mid', 'output', { lossWeight: 0.3, loss: 'meanSquaredError' }],
        dense('y', 3, 'softmax'),
        dense('z', 2),
      ],
      'x > h',
      'h > mid',
      'mid > y',
      'x > z',
    )
    expect(outputsOf(graph, infer(graph)).map((o) => [o.node.id, o.source.id, o.loss, o.weight, o.ending])).toEqual([
      ['mid', 'h', 'meanSquaredError', 0.3, 'sigmoid'],
      ['y', 'y', null, 1, 'softmax'],
      ['z', 'z', null, 1, null],
    ])
  })

  test.each([
    ['googlenet', [0.3, 0.3, 1]],
    ['inceptionV3', [0.3, 1]],
  ] as const)('%s with auxiliary classifiers: they weigh 0.3, and the main one is last', (name, weights) => {
    const template = templates[name]
    const graph = drawTemplate(template, { ...defaultsOf(template.fields), aux: true })
    const inference = infer(graph)
    const outputs = outputsOf(graph, inference)
    expect(outputs.map((o) => o.weight)).toEqual(weights)
    expect(mainOutput(graph, inference, outputs)).toBe(weights.length - 1)
    expect(lossMisfits(graph, inference, defaultTraining, null)).toEqual([])
    expect(inference.problems()).toEqual([])
  })

  test.each([
    [[3], 3, true, 'whole'],
    [[3, 3], 3, true, 'whole'],
    [[1, 2], 3, false, 'columns'],
    [[1, 2], 3, true, null],
    [[1, 1], 3, false, null],
    [[2], 3, false, null],
  ] as const)('outputs of %j for %i targets (classes: %s): %s', (sizes, targets, isClasses, how) => {
    expect(targetsFor(sizes, targets, isClasses)).toBe(how)
  })
})

test.each([
  [
    [28, 28, 1],
    [
      [28, 28, 1],
      [28, 28, 1],
    ],
    { kind: 'whole', fit: 'same', shape: [28, 28, 1] },
  ],
  [
    [28, 28, 1],
    [
      [32, 32, 1],
      [32, 32, 1],
    ],
    { kind: 'whole', fit: 'padded', shape: [32, 32, 1] },
  ],
  [[784], [[28, 28, 1], [784]], { kind: 'whole', fit: 'same', shape: [784] }],
  [
    [28, 28, 2],
    [
      [28, 28, 1],
      [28, 28, 1],
    ],
    { kind: 'parts', of: 'lastAxis', shape: [28, 28, 2] },
  ],
  [
    [2, 28, 28, 1],
    [
      [28, 28, 1],
      [28, 28, 1],
    ],
    { kind: 'parts', of: 'elements', shape: [2, 28, 28, 1] },
  ],
  [[13], [[4], [9]], { kind: 'parts', of: 'lastAxis', shape: [13] }],
  [[13], [[4], [8]], null],
  [[13], [], null],
] as const)('samples of %j for inputs of %j: %j', (sample, inputs, feed) => {
  expect(feedOf(sample, inputs)).toEqual(feed)
})
