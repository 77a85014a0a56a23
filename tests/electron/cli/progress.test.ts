import { expect, test } from 'vitest'
import type { StartedEvent, StepEvent } from '#shared/training/run'
import { progressLine } from '../../../electron/cli/progress'

const started: StartedEvent = {
  kind: 'started',
  engine: 'wasm',
  epochs: 5,
  stepsPerEpoch: 100,
  trainSamples: 6400,
  validationSamples: 0,
  parameters: 10,
}
const step: StepEvent = {
  kind: 'step',
  epoch: 2,
  step: 150,
  loss: 0.41234,
  accuracy: 0.875,
  learningRate: 0.001,
  samplesPerSecond: 1234.5,
  seconds: 30,
}

test('the line of a step, wide and narrow', () => {
  const tail = ' 50/100  loss 0.4123  accuracy 87.5 %'
  // 150 of 500 steps took 30 s.
  expect(progressLine(step, started, 120)).toBe(
    `epoch 2/5 ━━━━━━━━━━━━──────────── ${tail}  rate 0.001  1,235 samples/s  1 min 10 s left`,
  )
  expect(progressLine(step, started, 80)).toBe(`epoch 2/5 ━━━━──── ${tail}  1 min 10 s left`)
  expect(progressLine(step, started, 60)).toBe(`epoch 2/5  ${tail}  1 min 10 s left`.slice(0, 60))
  for (let width = 20; width < 130; width++)
    expect(progressLine(step, started, width).length).toBeLessThanOrEqual(width)
})

test('a run whose beginning is not known', () => {
  expect(progressLine({ ...step, epoch: 1, accuracy: null }, null, 120)).toBe(
    'epoch 1/? ━━━━━━━━━━━━━━━━━━━━━━━━ 150/150  loss 0.4123  rate 0.001  1,235 samples/s',
  )
})
