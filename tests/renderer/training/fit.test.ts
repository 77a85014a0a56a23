import { describe, expect, test } from 'vitest'
import { Builder } from '#shared/graph/builder'
import { applyEdits } from '#shared/graph/edits'
import type { Graph } from '#shared/graph/graph'
import { infer } from '#shared/graph/infer'
import { defaultTraining } from '#shared/training/config'
import type { DataSummary } from '#shared/training/run'
import { emptyDocument } from '../../../renderer/store/document'
import { adaptation, misfitsOf } from '../../../renderer/training/data/fit'
import { whatBlocks } from '../../../renderer/training/readiness'

const wine: DataSummary = {
  spec: 'csv:wine.csv',
  samples: 178,
  inputShape: [13],
  labels: ['a', 'b', 'c'],
  balance: [48, 59, 71],
  targetSize: 3,
  preview: [],
  problems: [],
}
const prices: DataSummary = { ...wine, labels: null, balance: null, targetSize: 1 }
const digits: DataSummary = { ...wine, inputShape: [28, 28, 1], targetSize: 10 }

function draw(input: readonly number[], units: number, softmax = true): Graph {
  const b = new Builder()
  let x = b.layer('flatten', {}, b.input(input))
  x = b.layer('dense', { units: 32, activation: 'relu' }, x)
  x = b.layer('dense', { units }, x)
  if (softmax) b.layer('softmax', {}, b.layer('dropout', {}, x))
  return b.build()
}
const found = (graph: Graph, data: DataSummary, loss = defaultTraining.loss) =>
  misfitsOf({ graph, training: { ...defaultTraining, loss } }, infer(graph), data)

describe('data and network', () => {
  test('that fit have no misfit', () => {
    expect(found(draw([13], 3), wine)).toEqual([])
    expect(found(draw([13], 1, false), prices, 'meanSquaredError')).toEqual([])
  })

  test('every misfit is found, and its edits mend it', () => {
    const graph = draw([28, 28, 1], 10)
    const all = found(graph, wine)
    expect(all).toMatchObject([
      { code: 'inputMisfit', values: { data: '13', network: '28×28×1' } },
      { code: 'classesMisfit', values: { classes: 3, shape: '10' } },
    ])
    const mended = applyEdits(
      graph,
      all.flatMap((m) => m.fix?.edits ?? []),
    )
    expect(found(mended, wine)).toEqual([])
    // The hidden dense layer is left alone.
    expect(mended.nodes.filter((n) => n.type === 'dense').map((n) => n.params.units)).toEqual([32, 3])
  })

  test('numbers as targets want another loss', () => {
    expect(found(draw([13], 1, false), prices)).toMatchObject([
      { code: 'lossNeedsClasses', fix: { edits: [], training: { loss: 'meanSquaredError' } } },
    ])
  })

  test('numbers as targets want no softmax at the end', () => {
    const graph = draw([13], 1)
    const [softmax, ...more] = found(graph, prices, 'meanSquaredError')
    expect([softmax?.code, more]).toEqual(['softmaxOfNumbers', []])
    const mended = applyEdits(graph, softmax?.fix?.edits ?? [])
    expect(found(mended, prices, 'meanSquaredError')).toEqual([])
    expect(mended.nodes.map((n) => n.type)).not.toContain('softmax')
  })

  test('samples that the trainer brings to shape are no misfit, but are told', () => {
    const graph = draw([32, 32, 1], 10)
    expect(found(graph, digits)).toEqual([])
    expect(adaptation(graph, digits)).toEqual({ how: 'padded', data: '28×28×1', network: '32×32×1' })
    expect(adaptation(draw([784], 10), digits)?.how).toBe('reshaped')
    expect(adaptation(draw([28, 28, 1], 10), digits)).toBeNull()
  })

  test('an output that no dense layer decides is told without a fix', () => {
    const b = new Builder()
    b.layer('globalAveragePooling2d', {}, b.layer('conv2d', { filters: 7 }, b.input([28, 28, 1])))
    expect(found(b.build(), digits)).toMatchObject([
      { code: 'classesMisfit', values: { classes: 10, shape: '7' } },
      { code: 'endingMissing', values: { ending: 'softmax' } },
    ])
    expect(found(b.build(), digits)[0]?.fix).toBeUndefined()
  })

  test('inputs that are neither a sample each nor one together', () => {
    const b = new Builder()
    b.input([13])
    b.input([14])
    expect(found(b.build(), digits)).toMatchObject([
      { code: 'inputsMisfit', values: { data: '28×28×1', network: '13, 14' } },
    ])
    expect(found(b.build(), { ...wine, inputShape: [27] })).toEqual([])
    expect(adaptation(b.build(), { ...wine, inputShape: [27] })).toMatchObject({ how: 'parts', network: '13, 14' })
  })

  test('sizes that are not known give no misfit', () => {
    const loose = new Builder()
    loose.layer('dense', { units: 4 }, [])
    expect(found(loose.build(), digits)).toEqual([])
  })
})

describe('what keeps training from starting', () => {
  const blocks = (graph: Graph, data = 'csv:wine.csv', training = defaultTraining, known: DataSummary | null = wine) =>
    whatBlocks({ ...emptyDocument, graph, data, training }, infer(graph), known)
  const fine = draw([13], 3)
  test.each([
    ['an empty canvas', blocks(emptyDocument.graph), 'empty'],
    ['no data', blocks(fine, ''), 'noData'],
    ['data that does not fit', blocks(draw([13], 4)), 'misfit'],
    ['a setting outside its limits', blocks(fine, 'csv:x', { ...defaultTraining, batchSize: 0 }), 'settings'],
  ])('%s', (_, blocked, reason) => {
    expect(blocked?.reason).toBe(reason)
  })
  test('errors of the network, with their number', () => {
    const broken = { ...fine, edges: fine.edges.slice(1) }
    expect(blocks(broken)).toEqual({ reason: 'problems', count: 1 })
  })
  test('nothing, also while the data is not known', () => {
    expect(blocks(fine)).toBeNull()
    expect(blocks(fine, 'csv:x', defaultTraining, null)).toBeNull()
  })
})
