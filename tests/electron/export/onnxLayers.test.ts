import { InferenceSession, Tensor } from 'onnxruntime-node'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeOnnx } from '#shared/export/onnx/model'
import { onnxNetwork } from '#shared/export/onnx/network'
import { layerTypes } from '#shared/layers/index'
import { cpu } from '../../../electron/trainer/engines/cpu/cpu'
import { layerCases } from '../layerCases'
import { BATCH, tfjsAnswers } from './tfjsAnswers'

describe('ONNX Runtime computes what tfjs computes', () => {
  beforeAll(async () => {
    const loaded = await cpu.load()
    if (!loaded.ok) throw new Error(loaded.error.message)
  })

  test('every layer is among the cases', () => {
    expect(new Set(layerCases.map((c) => c.type))).toEqual(new Set(layerTypes.filter((t) => t !== 'input')))
  })

  test.each(layerCases)('$title', async (layerCase) => {
    const { inputs, arrays, samples, want } = tfjsAnswers(layerCase)
    const network = onnxNetwork(layerCase.graph)
    const bytes = encodeOnnx(network, arrays, { name: 'test', version: '0', properties: {} })
    const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 })
    const feeds = network.inputs.map(({ name, shape }) => {
      const at = inputs.findIndex((port) => port.id === name)
      return [name, new Tensor('float32', samples[at]?.values ?? new Float32Array(), [BATCH, ...shape])] as const
    })
    const got = await session.run(Object.fromEntries(feeds))
    await session.release()
    expect(network.outputs.length).toBe(want.length)
    network.outputs.forEach(({ name, shape }, i) => {
      const tensor = got[name]
      expect(tensor?.dims).toEqual([BATCH, ...shape])
      const values = tensor?.data as Float32Array
      const expected = want[i] ?? new Float32Array()
      expect(values.length).toBe(expected.length)
      const scale = expected.reduce((max, v) => Math.max(max, Math.abs(v)), 1)
      const worst = expected.reduce((max, v, at) => Math.max(max, Math.abs(v - (values[at] ?? Number.NaN))), 0)
      expect(worst / scale).toBeLessThan(1e-5)
    })
  })
})
