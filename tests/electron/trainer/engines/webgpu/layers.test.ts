import { beforeAll, describe, expect, test } from 'vitest'
import { webgpu } from '../../../../../electron/trainer/engines/webgpu/webgpu'
import { comparable, differenceFromReference } from '../caseGradients'
import { hasSoftwareGpu, skipped, useSoftwareGpu } from './softwareGpu'

/** A processor that plays a GPU is slow: long sequences are left to shorter ones of the same layer, neighbours to the layer alone. */
const slow = / on 20×| behind a convolution/
const quick = comparable.filter((c) => !slow.test(c.title))
const cases = comparable.filter((c) => quick.includes(c) || !quick.some((other) => other.type === c.type))

describe.skipIf(!hasSoftwareGpu)(`layers on WebGPU equal the reference to 1e-4${skipped}`, () => {
  beforeAll(useSoftwareGpu)

  test('every layer is among the cases', () => {
    expect(new Set(cases.map((c) => c.type))).toEqual(new Set(comparable.map((c) => c.type)))
  })

  test.each(cases)('$title', async (c) => {
    expect(await differenceFromReference(c, webgpu)).toBeLessThan(1e-4)
  })
})
