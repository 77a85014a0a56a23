import { beforeAll, describe, expect, test } from 'vitest'
import { loadEngine } from '../../../../../electron/trainer/engines'
import { hasSoftwareGpu, skipped, useSoftwareGpu } from './softwareGpu'

describe.skipIf(!hasSoftwareGpu)(`WebGPU${skipped}`, () => {
  beforeAll(useSoftwareGpu)

  test('is found, computes the known run, and says on what', async () => {
    const loaded = await loadEngine('webgpu')
    expect(loaded.ok && loaded.value.probe()).toMatchObject({
      available: true,
      device: expect.stringContaining('swift'),
    })
  })
})
