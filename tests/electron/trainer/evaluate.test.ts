import { beforeAll, describe, expect, test } from 'vitest'
import { infer } from '#shared/graph/infer'
import { defaultTraining } from '#shared/training/config'
import { compile } from '../../../electron/trainer/compile'
import { BatchReader } from '../../../electron/trainer/data/batchReader'
import type { DataSet } from '../../../electron/trainer/data/dataSet'
import { openData } from '../../../electron/trainer/data/open'
import { loadEngine } from '../../../electron/trainer/engines'
import { evaluate, evaluationBatch } from '../../../electron/trainer/evaluate'
import { Model } from '../../../electron/trainer/model'
import { smallCnn } from './networks'

let digits: DataSet
beforeAll(async () => {
  const opened = await openData('digits')
  if (!opened.ok) throw new Error(opened.error.message)
  digits = opened.value
})

describe.each(['onnx', 'wasm'] as const)('on %s', (name) => {
  test('figures do not depend on how many samples are computed at once, nor on a last batch that is smaller', async () => {
    const engine = await loadEngine(name)
    const compiled = compile(smallCnn([28, 28, 1], 10))
    if (!engine.ok || !compiled.ok) throw new Error('Neither is to fail.')
    const model = new Model(compiled.value, engine.value, defaultTraining, digits)
    model.initialize()
    const samples = Uint32Array.from({ length: 150 }, (_, i) => 3 * i)
    const inBatches = (size: number) => evaluate(model, digits, samples, new BatchReader(digits, size), async () => {})
    const one = await inBatches(1)
    for (const size of [8, 64, 128]) {
      const { loss, losses, ...figures } = await inBatches(size)
      expect(Math.abs(loss - one.loss)).toBeLessThan(1e-6)
      expect(Math.abs((losses[0] ?? 0) - (one.losses[0] ?? 1))).toBeLessThan(1e-6)
      expect(figures.accuracy).toBe(one.accuracy)
      expect(figures.topK).toEqual(one.topK)
      expect(figures.confusion?.counts).toEqual(one.confusion?.counts)
    }
    model.dispose()
  }, 60_000)
})

test('a batch of evaluation is that of the training, or larger where samples are small', () => {
  const { totals } = infer(smallCnn([28, 28, 1], 10))
  const of = (activationBytes: number, batchSize: number) =>
    evaluationBatch({ inference: { totals: { ...totals, activationBytes } } }, batchSize)
  expect(of(20e3, 8)).toBe(128)
  expect(of(20e3, 512)).toBe(512)
  expect(of(1e6, 8)).toBe(64)
  expect(of(80e6, 8)).toBe(8)
  expect(of(0, 1)).toBe(128)
})
