import { failure } from '#shared/training/failures'
import type { EngineName } from '#shared/training/run'
import type { MeasureHandle } from '../client'
import type { Measured } from './remembered'

/** An engine that says nothing for so long is ended. In seconds. */
const PATIENCE = 30

/**
 * Engines that are tried on a network, each in a process of its own, so that a crash, a hang or a full memory is a reason and nothing
 * else. They may get ready together, with a first step, much of which takes one processor only; then one at a time takes steps, so that none
 * disturbs the other's figures.
 */
export class Trials {
  private readonly handles = new Map<EngineName, MeasureHandle>()
  /** Ended for their silence: the machine may only have been busy. */
  readonly silent = new Set<string>()
  /** Those that ran out of memory. */
  readonly full = new Set<string>()
  /** How many have been asked. */
  asked = 0

  constructor(
    private readonly measure: (engine: EngineName, warm: boolean) => MeasureHandle,
    private readonly signal: AbortSignal,
  ) {}

  /** Lets an engine get ready; with a first step, unless only its loss is wanted. */
  start(name: EngineName, warm = true): void {
    if (this.handles.has(name) || this.signal.aborted) return
    const handle = this.measure(name, warm)
    this.signal.addEventListener('abort', handle.kill, { once: true })
    this.handles.set(name, handle)
  }

  /** When all that were started are ready, or have been waited for long enough. */
  async ready(): Promise<void> {
    const all = Promise.all([...this.handles.values()].map((handle) => Promise.race([handle.ready, handle.done])))
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 1000 * PATIENCE)
      const settle = () => {
        clearTimeout(timer)
        resolve()
      }
      all.then(settle, settle)
    })
  }

  /**
   * What an engine does. `limit`: seconds from which on a step is too slow to be of interest; 0: no steps are. Null where it is the network
   * that cannot be computed, or nothing is wanted any more.
   */
  async result(name: EngineName, limit: number): Promise<Measured[string] | null> {
    this.start(name, limit > 0)
    const handle = this.handles.get(name)
    if (!handle) return null
    this.asked++
    handle.go(limit)
    const timer = setTimeout(() => {
      this.silent.add(name)
      handle.kill()
    }, 1000 * PATIENCE)
    const result = await handle.done
    clearTimeout(timer)
    if (result.ok) return result.value
    if (this.signal.aborted || result.error.code === 'invalidProject') return null
    if (result.error.code === 'outOfMemory') this.full.add(name)
    return { reason: this.silent.has(name) ? failure('engineSilent', { seconds: PATIENCE }) : result.error.message }
  }

  /** Ends those that are not wanted any more. */
  end(): void {
    for (const handle of this.handles.values()) {
      this.signal.removeEventListener('abort', handle.kill)
      handle.kill()
    }
  }
}
