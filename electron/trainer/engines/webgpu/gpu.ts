import { err, ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { failure } from '#shared/training/failures'

/** A GPU that is open, and how its buffers are read. */
export interface Gpu {
  /** Dawn ends with it: whoever loses it loses the device, and the process with it. */
  readonly instance: GPU
  readonly device: GPUDevice
  readonly info: GPUAdapterInfo
  /** What a buffer holds when all work submitted so far is done. Throws when the GPU has failed since the last reading. */
  read(buffer: GPUBuffer): ArrayBuffer
}

/** For tests of the engine where there is no GPU: a processor that plays one, dozens of times slower than the built-in engine. */
export const softwareAllowed = (): boolean => process.env.NETLOOM_SOFTWARE_GPU === '1'

/** The fastest GPU that WebGPU finds; or why there is none. */
export async function openGpu(): Promise<Result<Gpu, string>> {
  const { create, globals } = await import('webgpu')
  Object.assign(globalThis, globals)
  const instance = create([])
  const adapter = await instance.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter || (adapter.info.isFallbackAdapter && !softwareAllowed())) return err(failure('noWebGpu', {}))
  const { limits } = adapter
  const requested = catching(() =>
    adapter.requestDevice({
      requiredLimits: {
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxBufferSize: limits.maxBufferSize,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      },
    }),
  )
  const device = await requested.result
  const { tick } = requested
  if (!tick) return err(failure('noWebGpu', {}))
  return ok({ instance, device, info: adapter.info, read: reader(device, tick) })
}

/**
 * Dawn looks for finished work in a callback that it gives to `setImmediate`. Called by ourselves, it finishes work at once, without a turn
 * of the event loop; that is how tensors can be read while a step is under way.
 */
function catching<T>(call: () => T): { readonly result: T; readonly tick: (() => void) | null } {
  const { setImmediate } = globalThis
  let tick: (() => void) | null = null
  Reflect.set(globalThis, 'setImmediate', (callback: () => void) => {
    tick = callback
  })
  try {
    return { result: call(), tick }
  } finally {
    globalThis.setImmediate = setImmediate
    // One is enough, however often it was asked for.
    if (tick) setImmediate(tick)
  }
}

/** Milliseconds between two looks at work that is not finished. */
const PAUSE = 0.05
const clock = new Int32Array(new SharedArrayBuffer(4))

function reader(device: GPUDevice, tick: () => void): Gpu['read'] {
  let failed: string | null = null
  device.addEventListener('uncapturederror', ({ error }) => {
    // Behind the first line stand the calls that led to it.
    failed ??= error.message.split('\n')[0]?.replace(/\.$/, '') ?? ''
  })
  return (buffer) => {
    const { size } = buffer
    const staging = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ })
    const encoder = device.createCommandEncoder()
    encoder.copyBufferToBuffer(buffer, 0, staging, 0, size)
    device.queue.submit([encoder.finish()])
    catching(() => {
      // Its failure shows in the buffer's state.
      staging.mapAsync(GPUMapMode.READ).catch(() => {})
      while (staging.mapState === 'pending') {
        tick()
        if (staging.mapState === 'pending') Atomics.wait(clock, 0, 0, PAUSE)
      }
    })
    if (failed !== null || staging.mapState !== 'mapped')
      throw new Error(failure('gpuFailed', { reason: failed ?? phrase('gpuLost', {}) }))
    const values = staging.getMappedRange().slice(0)
    staging.destroy()
    return values
  }
}
