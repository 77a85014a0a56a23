import { expect, test } from 'vitest'
import { listEngines, loadEngine } from '../../../../electron/trainer/engines'
import { cpu } from '../../../../electron/trainer/engines/cpu/cpu'
import { onnx } from '../../../../electron/trainer/engines/onnx/onnx'
import { selfCheck } from '../../../../electron/trainer/engines/selfCheck'
import { wasm } from '../../../../electron/trainer/engines/wasm/wasm'

test('the engines are listed, with the reason where one is missing', async () => {
  const engines = await listEngines()
  expect(engines.map((e) => e.name)).toEqual([
    'tensorflow',
    'onnx',
    'onnx-cuda',
    'onnx-directml',
    'onnx-coreml',
    'onnx-webgpu',
    'webgpu',
    'wasm',
    'cpu',
  ])
  for (const engine of engines) expect(engine.available || engine.reason).toBeTruthy()
})

test('the embedded engines compute the known run, and one that does not is refused with its figures', async () => {
  for (const engine of [cpu, wasm, onnx]) {
    await engine.load()
    expect(selfCheck(engine)).toEqual({ ok: true, value: null })
  }
  const wrong = { ...wasm, update: () => {} }
  expect(selfCheck(wrong)).toMatchObject({
    ok: false,
    error: { code: 'unavailable', message: expect.stringMatching(/gave the losses \d\.\d+, \d\.\d+, .*; right are/) },
  })
})

test('auto takes what is there; a missing engine says how to get it', async () => {
  const auto = await loadEngine('auto')
  expect(auto.ok && ['onnx', 'tensorflow'].includes(auto.value.name)).toBe(true)
  const installed = (await listEngines()).find((e) => e.name === 'tensorflow')?.available
  const native = await loadEngine('tensorflow')
  if (!installed)
    expect(native).toMatchObject({ ok: false, error: { message: expect.stringContaining('not installed') } })
})
