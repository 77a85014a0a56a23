import * as tf from '@tensorflow/tfjs'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import type { Gpu } from './gpu'

/** tfjs's WebGPU backend, whose tensors can be read at once; its own way to do that needs a browser's canvas. */
export class ReadableBackend extends WebGPUBackend {
  constructor(private readonly gpu: Gpu) {
    super(gpu.device, gpu.info)
  }

  override readSync(dataId: object) {
    const { dtype, resource, values } = this.tensorMap.get(dataId)
    if (values || !(resource instanceof GPUBuffer)) return super.readSync(dataId)
    this.ensureCommandEncoderReady()
    this.endComputePassEncoder()
    this.submitQueue()
    return tf.util.convertBackendValuesAndArrayBuffer(this.gpu.read(resource), dtype)
  }
}

/** Under the name `webgpu`. The backend asks for a browser's `navigator.gpu` as it begins, though it does not use it. */
export function registerBackend(gpu: Gpu): void {
  tf.registerBackend('webgpu', () => {
    const had = Object.getOwnPropertyDescriptor(globalThis, 'navigator')
    Object.defineProperty(globalThis, 'navigator', { value: { gpu: true }, configurable: true })
    try {
      return new ReadableBackend(gpu)
    } finally {
      if (had) Object.defineProperty(globalThis, 'navigator', had)
      else Reflect.deleteProperty(globalThis, 'navigator')
    }
  })
}
