import { expect, test } from 'vitest'
import type { StepEvent } from '#shared/training/run'
import { newRun, strangerRun } from '../../../renderer/runs/run'
import { rateChanges, rateLine } from '../../../renderer/training/curves/rateLine'

/** A run of steps at these rates; undefined is a step of an older run, which did not tell it. */
function runAt(rates: readonly (number | undefined)[]) {
  const run = newRun({ ...strangerRun('a').summary, epochs: 1 })
  rates.forEach((rate, i) => {
    const step: StepEvent = {
      ...{ kind: 'step', epoch: 1, step: i + 1, loss: 1, accuracy: null, samplesPerSecond: 1, seconds: i / 10 },
      ...(rate !== undefined && { learningRate: rate }),
    }
    run.curves.addStep(step)
  })
  return run
}

test('the rate is drawn as the steps told it', () => {
  const run = runAt([0.1, 0.085, 0.05])
  expect(rateChanges(run)).toBe(true)
  const { points } = rateLine(run, 'step', 'Rate')
  expect([...Array.from(points.xs).slice(0, points.length)]).toEqual([1, 2, 3])
  expect([...Array.from(points.ys).slice(0, points.length)]).toEqual([0.1, 0.085, 0.05])
  expect(Array.from(rateLine(run, 'time', 'Rate').points.xs).slice(0, 3)).toEqual([0, 0.1, 0.2])
})

test('a rate that never changes, or that is not known, is not drawn', () => {
  expect(rateChanges(runAt([]))).toBe(false)
  expect(rateChanges(runAt([0.01, 0.01, 0.01]))).toBe(false)
  expect(rateChanges(runAt([undefined, undefined]))).toBe(false)
})
