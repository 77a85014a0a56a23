import { beforeEach, expect, test } from 'vitest'
import { emptyGraph } from '#shared/graph/graph'
import { err } from '#shared/result'
import { defaultTraining } from '#shared/training/config'
import { isOutdated, useForecast } from '../../../renderer/training/forecast/forecastStore'
import { createFakeHost } from './harness/fakeHost'

const document = { name: 'A', graph: emptyGraph, training: defaultTraining, data: 'digits' }
const ask = (host: ReturnType<typeof createFakeHost>, again = false) =>
  useForecast.getState().ask(host, document, 'auto', again)

beforeEach(() => useForecast.setState(useForecast.getInitialState()))

test('a forecast is of the network, the data, the settings and the engine that it was asked for', async () => {
  const host = createFakeHost()
  await ask(host, true)
  expect(host.asked).toMatchObject([{ name: 'train.plan', args: { engine: 'auto', measureAgain: true } }])
  const { plan, subject } = useForecast.getState()
  expect(plan).toMatchObject({ engine: 'onnx', largestBatch: 4800 })
  expect(isOutdated(subject, document, 'auto')).toBe(false)
  // Its name has nothing to do with it.
  expect(isOutdated(subject, { ...document, name: 'B' }, 'auto')).toBe(false)
  expect(isOutdated(subject, document, 'wasm')).toBe(true)
  expect(isOutdated(subject, { ...document, data: 'shapes' }, 'auto')).toBe(true)
  expect(isOutdated(subject, { ...document, training: { ...defaultTraining, batchSize: 32 } }, 'auto')).toBe(true)
  expect(isOutdated(subject, { ...document, graph: { ...emptyGraph, nodes: [] } }, 'auto')).toBe(true)
})

test('a refusal takes the place of figures, and figures that of a refusal', async () => {
  const refusing = createFakeHost({ 'train.plan': async () => err({ code: 'busy', message: 'Stop it.' }) })
  await ask(createFakeHost())
  await ask(refusing)
  expect(useForecast.getState()).toMatchObject({ plan: null, error: 'Stop it.', asking: false })
  await ask(createFakeHost())
  expect(useForecast.getState()).toMatchObject({ plan: { engine: 'onnx' }, error: null, asking: false })
})

test('of two that are asked for the later one counts, whichever answers first', async () => {
  let answer = (): void => {}
  const late = new Promise<void>((resolve) => {
    answer = resolve
  })
  const slow = createFakeHost({
    'train.plan': async () => {
      await late
      return err({ code: 'failed', message: 'Stopped.' })
    },
  })
  const first = ask(slow)
  await ask(createFakeHost())
  answer()
  await first
  expect(useForecast.getState()).toMatchObject({ plan: { engine: 'onnx' }, error: null })
})
