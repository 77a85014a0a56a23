import { err } from '#shared/result'
import { setBackend } from '../backend'
import { copyUpdate } from '../copyUpdate'
import type { Engine } from '../engine'
import { WebgpuCompute } from './compute'
import { openGpu } from './gpu'
import { correctKernels } from './kernels'
import { look } from './look'

let open = false

/** Any GPU that WebGPU finds, through Dawn. */
export const webgpu: Engine = {
  name: 'webgpu',
  async probe() {
    const seen = await look()
    return seen.ok
      ? { name: 'webgpu', available: true, ...seen.value }
      : { name: 'webgpu', version: '', available: false, reason: seen.error }
  },
  async load() {
    if (!open) {
      const seen = await look()
      const gpu = seen.ok ? await openGpu() : seen
      if (!gpu.ok) return err({ code: 'unavailable', message: gpu.error })
      const { registerBackend } = await import('./readable')
      correctKernels()
      registerBackend(gpu.value)
      open = true
    }
    return setBackend('webgpu')
  },
  update: copyUpdate,
  compute: (task) => new WebgpuCompute(task),
}
