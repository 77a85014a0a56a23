import { expect, test } from 'vitest'
import { defaultTraining } from '#shared/training/config'
import { newRun, strangerRun } from '../../../renderer/runs/run'
import { isScheduled, rateLine } from '../../../renderer/training/curves/rateLine'
import { replay } from './harness/figures'

function runOf(epochs: number, stepsPerEpoch: number) {
  const run = newRun({ ...strangerRun('a').summary, epochs })
  for (const e of replay({ epochs, stepsPerEpoch })) e.kind === 'step' ? run.curves.addStep(e) : run.curves.addEpoch(e)
  return run
}

test('the rate follows the schedule, from the first step to the last', () => {
  // lr = .1 over D = 100: cosine .1 / .085355 / .05 / .014645 at 0 / 25 / 50 / 75 steps done.
  const config = { ...defaultTraining, learningRate: 0.1, schedule: 'cosine' } as const
  const { points } = rateLine(runOf(4, 25), config, 'step', 'Rate')
  expect(points.length).toBe(100)
  for (const [step, rate] of [
    [1, 0.1],
    [26, 0.085355],
    [51, 0.05],
    [76, 0.014645],
  ] as const) {
    expect(points.xs[step - 1]).toBe(step)
    expect(points.ys[step - 1]).toBeCloseTo(rate, 6)
  }
})

test('a long run is drawn with few points that end where it does', () => {
  const { points } = rateLine(runOf(10, 1000), { ...defaultTraining, schedule: 'cosine' }, 'epoch', 'Rate')
  expect(points.length).toBe(400)
  expect(points.xs[0]).toBe(0.001)
  expect(points.xs[399]).toBe(10)
})

test('a rate that never changes is not drawn', () => {
  expect(isScheduled(defaultTraining)).toBe(false)
  expect(isScheduled({ ...defaultTraining, warmupSteps: 10 })).toBe(true)
})
