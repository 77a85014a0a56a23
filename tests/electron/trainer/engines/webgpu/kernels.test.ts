import { beforeAll, describe } from 'vitest'
import { webgpu } from '../../../../../electron/trainer/engines/webgpu/webgpu'
import { checkKernels } from '../kernelChecks'
import { hasSoftwareGpu, skipped, useSoftwareGpu } from './softwareGpu'

describe.skipIf(!hasSoftwareGpu)(`operators of tfjs on WebGPU${skipped}`, () => {
  beforeAll(useSoftwareGpu)
  checkKernels(webgpu)
})
