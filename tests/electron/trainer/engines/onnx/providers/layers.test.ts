import { beforeAll, describe, expect, test } from 'vitest'
import { cpu } from '../../../../../../electron/trainer/engines/cpu/cpu'
import { onnxOn } from '../../../../../../electron/trainer/engines/onnx/onnx'
import { providers } from '../../../../../../electron/trainer/engines/onnx/providers/provider'
import { hasSoftwareGpu, skipped, useSoftwareGpu } from '../../webgpu/softwareGpu'
import { compareGradients, gradientCases } from '../layerGradients'

/** Those that are put differently for a GPU, and one of each kind of kernel. The others, with NETLOOM_ALL_LAYERS=1, take minutes. */
const chosen = [
  /^conv2d .*"groups"/,
  /^conv2d .*"strides":\[2,1\]/,
  /^conv3d .*"groups"/,
  /^depthwiseConv2d \{"strides"/,
  /^conv2dTranspose /,
  /^tableConv2d .*"kernelSize":\[5,5\]/,
  /^maxPooling2d /,
  /^averagePooling2d /,
  /^batchNorm /,
  /^lrn /,
  /^embedding /,
  /^lstm .* on 20×8/,
  /^gru /,
  /"selu"/,
  /"softsign"/,
  /^logSoftmax|"logSoftmax"/,
  /^add /,
  /^average /,
]
const cases =
  process.env.NETLOOM_ALL_LAYERS === '1'
    ? gradientCases
    : chosen.flatMap((title) => gradientCases.find((c) => title.test(c.title)) ?? [])

describe.skipIf(!hasSoftwareGpu)(`layers on ONNX Runtime's WebGPU${skipped}`, () => {
  beforeAll(async () => {
    useSoftwareGpu()
    for (const engine of [onnxOn(providers['onnx-webgpu']), cpu]) {
      const loaded = await engine.load()
      if (!loaded.ok) throw new Error(loaded.error.message)
    }
  })

  test('one of each chosen kind is there', () => {
    expect(cases.length).toBeGreaterThanOrEqual(chosen.length)
  })

  test.each(cases)('$title', (c) => {
    const { mixed } = compareGradients(c, { provider: providers['onnx-webgpu'] })
    expect(mixed).toBe(false)
  })
})
