import i18next from 'i18next'
import { expect, test } from 'vitest'
import { en } from '../../../renderer/i18n/en'
import { newRun, strangerRun } from '../../../renderer/runs/run'
import { Curves } from '../../../renderer/training/curves/curves'
import { dataName, formatSpec, parseSpec } from '../../../renderer/training/data/spec'
import { axisFigure, axisShare, duration, figure, rate, share } from '../../../renderer/training/format'
import { progressOf } from '../../../renderer/training/progress'
import { replay } from './harness/figures'

const t = i18next.createInstance({ lng: 'en', resources: { en: { translation: en } }, initAsync: false })
void t.init()

test('figures never say NaN', () => {
  expect([0.0610349, 12.4, 3.14e-7, 123_456, 0, null, Number.NaN].map(figure)).toEqual([
    '0.06103',
    '12.40',
    '3.1e-7',
    '1.235e+5',
    '0.000',
    '–',
    '–',
  ])
  expect([0.9434, 1, null, Number.NaN].map(share)).toEqual(['94.3 %', '100.0 %', '–', '–'])
  expect([2415.4, 12, 3.12].map(rate)).toEqual(['2,415', '12', '3.1'])
})

test('ticks of an axis stay the numbers that they are', () => {
  expect([0, 0.25, 7.5e-4, 2.5e-4, 1e-5, 0.1 + 0.2, 1500].map(axisFigure)).toEqual([
    '0',
    '0.25',
    '7.5e-4',
    '2.5e-4',
    '1e-5',
    '0.3',
    '1500',
  ])
  expect([0, 0.975, 0.99 + 0.005, 1].map(axisShare)).toEqual(['0 %', '97.5 %', '99.5 %', '100 %'])
})

test('times', () => {
  expect([0.2, 59.4, 80, 3599.4, 11_100, -3].map((s) => duration(s, t.t))).toEqual([
    '0 s',
    '59 s',
    '1 min 20 s',
    '59 min 59 s',
    '3 h 5 min',
    '0 s',
  ])
})

test('a data-set reference survives being taken apart and put together', () => {
  for (const spec of [
    'digits',
    'csv:/data/wine.csv',
    'csv:workspace:a b.csv?label=last&shape=8x8x1&scale=16',
    'csv:x?label=a,b',
  ])
    expect(formatSpec(parseSpec(spec))).toBe(spec)
  expect(formatSpec({ source: 'csv:x', options: { label: '', scale: '16' } })).toBe('csv:x?scale=16')
  expect(parseSpec(formatSpec({ source: 'csv:x', options: { label: 'a&b=c?' } })).options.label).toBe('a&b=c?')
  expect(
    ['digits', 'csv:/data/wine.csv?label=0', 'csv:workspace:my.csv', 'csv:C:\\d\\w.csv'].map((s) => dataName(s, t.t)),
  ).toEqual(['Digits', 'wine.csv', 'my.csv', 'w.csv'])
})

test('progress and the time that is left', () => {
  const run = { ...newRun({ ...strangerRun('a').summary, epochs: 4 }), curves: new Curves() }
  expect(progressOf(run)).toMatchObject({ step: 0, fraction: 0, secondsLeft: null, valLoss: null })
  const started = { kind: 'started', engine: 'wasm', epochs: 4, stepsPerEpoch: 10 } as const
  const rest = { trainSamples: 640, validationSamples: 160, parameters: 1 }
  const events = [...replay({ epochs: 4, stepsPerEpoch: 10 })]
  for (const e of events.slice(0, 16)) e.kind === 'step' ? run.curves.addStep(e) : run.curves.addEpoch(e)
  const p = progressOf({ ...run, started: { ...started, ...rest } })
  expect(p).toMatchObject({ epoch: 2, epochs: 4, step: 15, steps: 40, fraction: 15 / 40 })
  expect(p.secondsLeft).toBeCloseTo(25 * 0.021, 9)
  // Without the report of the start the first epoch tells how long one is.
  expect(progressOf(run)).toMatchObject({ epoch: 2, steps: 40 })
})
