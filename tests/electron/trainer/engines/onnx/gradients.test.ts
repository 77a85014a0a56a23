import { beforeAll, describe, expect, test } from 'vitest'
import { layerTypes } from '#shared/layers/index'
import { cpu } from '../../../../../electron/trainer/engines/cpu/cpu'
import { blockSize } from '../../../../../electron/trainer/engines/onnx/blocked/blockSize'
import { compareGradients, gradientCases } from './layerGradients'

describe.each([
  ['standard operators', null],
  ['channels in blocks', blockSize()],
])('gradients of every layer on ONNX Runtime are those of tfjs, with %s', (_, block) => {
  beforeAll(async () => {
    const loaded = await cpu.load()
    if (!loaded.ok) throw new Error(loaded.error.message)
  })

  test('every layer is among the cases', () => {
    const without = ['input', 'dropout', 'spatialDropout', 'gaussianNoise']
    expect(new Set(gradientCases.map((c) => c.type))).toEqual(new Set(layerTypes.filter((t) => !without.includes(t))))
  })

  test.each(gradientCases)('$title', (c) => {
    compareGradients(c, { block })
  })
})
