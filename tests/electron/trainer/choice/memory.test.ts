import { expect, test } from 'vitest'
import { estimated, largestBatch, measured } from '../../../../electron/trainer/choice/memory'

const inference = {
  totals: {
    params: { trainable: 250_000, nonTrainable: 0, total: 250_000 },
    macs: 0,
    flops: 0,
    weightBytes: 1e6,
    activationBytes: 1e6,
  },
}
const memory = (peak: number) => ({ start: 100e6, built: 110e6, peak })

test('what a sample takes is told by measuring, within what arithmetic allows', () => {
  const model = (peak: number) => measured({ loss: 1, batch: 10, stepSeconds: 1, memory: memory(peak) }, inference)
  // 33 MB more than the built network, 3 of them for gradients and slots.
  expect(model(143e6)).toEqual({ fixed: 13e6, perSample: 3e6 })
  // Less than its outputs cannot be, much more is not the samples'.
  expect(model(112e6).perSample).toBe(1e6)
  expect(model(400e6)).toEqual({ fixed: 250e6, perSample: 5e6 })
})

test('the largest batch fills what is free, and what an engine can address', () => {
  const model = { fixed: 100e6, perSample: 1e6 }
  expect(largestBatch(model, 'onnx', 164.9e6, 1000)).toBe(64)
  expect(largestBatch(model, 'onnx', 100e9, 1000)).toBe(1000)
  expect(largestBatch(model, 'onnx', 90e6, 1000)).toBe(0)
  expect(largestBatch(model, 'wasm', 100e9, 1_000_000)).toBe(Math.floor((2 ** 32 - 100e6) / 1e6))
  expect(estimated(inference).perSample).toBeGreaterThan(1e6)
})
