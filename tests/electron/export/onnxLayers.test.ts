import * as tf from '@tensorflow/tfjs'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeOnnx } from '#shared/export/onnx/model'
import { onnxNetwork } from '#shared/export/onnx/network'
import { layerTypes } from '#shared/layers/index'
import { createRandom } from '#shared/training/random'
import { compile, dispose } from '../../../electron/trainer/compile'
import { cpu } from '../../../electron/trainer/engines/cpu/cpu'
import { layerCases } from '../layerCases'

const BATCH = 2
const count = (s: readonly number[]): number => s.reduce((a, b) => a * b, 1)

describe('ONNX Runtime computes what tfjs computes', () => {
  beforeAll(async () => {
    const loaded = await cpu.load()
    if (!loaded.ok) throw new Error(loaded.error.message)
  })

  test('every layer is among the cases', () => {
    expect(new Set(layerCases.map((c) => c.type))).toEqual(new Set(layerTypes.filter((t) => t !== 'input')))
  })

  test.each(layerCases)('$title', async ({ type, graph }) => {
    const compiled = compile(graph)
    if (!compiled.ok) throw new Error(compiled.error.message)
    const { model, weights, inputs } = compiled.value
    const random = createRandom(7)
    const arrays = new Map(
      weights.map(({ name, variable }) => {
        // Variances are positive.
        const values = Float32Array.from({ length: variable.size }, () =>
          name.endsWith('movingVariance') ? random.uniform(0.5, 2) : 0.5 * random.normal(),
        )
        variable.assign(tf.tensor(values, variable.shape))
        return [name, { values }]
      }),
    )
    const whole = type === ('embedding' as typeof type)
    const samples = inputs.map(({ shape }) =>
      Float32Array.from({ length: BATCH * count(shape) }, () => (whole ? random.below(3) : random.normal())),
    )
    const want = tf.tidy(() => {
      const xs = inputs.map(({ shape }, i) => tf.tensor(samples[i] ?? [], [BATCH, ...shape]))
      return [model.apply(xs, { training: false })].flat().map((y) => (y as tf.Tensor).dataSync())
    })
    dispose(compiled.value)

    const network = onnxNetwork(graph)
    const bytes = encodeOnnx(network, arrays, { name: 'test', version: '0', properties: {} })
    const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 })
    const feeds = network.inputs.map(({ name, shape }) => {
      const at = inputs.findIndex((port) => port.id === name)
      return [name, new Tensor('float32', samples[at] ?? new Float32Array(), [BATCH, ...shape])] as const
    })
    const got = await session.run(Object.fromEntries(feeds))
    await session.release()
    expect(network.outputs.length).toBe(want.length)
    network.outputs.forEach(({ name, shape }, i) => {
      const tensor = got[name]
      expect(tensor?.dims).toEqual([BATCH, ...shape])
      const values = tensor?.data as Float32Array
      const expected = want[i] as Float32Array
      expect(values.length).toBe(expected.length)
      const scale = expected.reduce((max, v) => Math.max(max, Math.abs(v)), 1)
      const worst = expected.reduce((max, v, at) => Math.max(max, Math.abs(v - (values[at] ?? Number.NaN))), 0)
      expect(worst / scale).toBeLessThan(1e-5)
    })
  })
})
