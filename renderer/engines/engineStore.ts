import { create } from 'zustand'
import type { Host } from '#shared/host'
import type { EngineTest, InstallStep } from '#shared/training/installation'
import type { EngineName } from '#shared/training/run'
import { useRuns } from '../store/run'

/** What came of the last request about an engine. */
export type Outcome =
  | { readonly kind: 'tested' | 'installed'; readonly test: EngineTest }
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'failed'
      readonly what: 'testFailed' | 'installFailed' | 'removeFailed'
      readonly message: string
    }

interface EngineStore {
  /** Of the installation under way, started here or in another window; null: none is. */
  readonly steps: readonly InstallStep[] | null
  readonly testing: EngineName | null
  readonly outcomes: Readonly<Partial<Record<EngineName, Outcome>>>
  /** Listens to the host. Returns the way to stop. */
  connect(host: Host): () => void
  install(host: Host, options: { readonly gpu: boolean; readonly choose: boolean }): Promise<void>
  cancel(host: Host): Promise<void>
  test(host: Host, engine: EngineName): Promise<void>
  remove(host: Host): Promise<void>
}

/** Installing, testing and removing engines. */
export const useEngines = create<EngineStore>()((set, get) => {
  const tell = (engine: EngineName, outcome: Outcome | undefined) =>
    set((s) => ({ outcomes: { ...s.outcomes, [engine]: outcome } }))
  const refresh = async (host: Host) => {
    const engines = await host.request('engines.list', {})
    if (engines.ok) useRuns.setState({ engines: engines.value })
  }
  return {
    steps: null,
    testing: null,
    outcomes: {},
    connect: (host) =>
      host.on('engines', ({ step }) => {
        set((s) => ({ steps: step && [...(s.steps ?? []), step] }))
        // It may have been another window's.
        if (!step) void refresh(host)
      }),
    async install(host, { gpu, choose }) {
      tell('tensorflow', undefined)
      const installed = await host.request('engines.install', { engine: 'tensorflow', gpu, choose })
      await refresh(host)
      if (!installed.ok) tell('tensorflow', { kind: 'failed', what: 'installFailed', message: installed.error.message })
      else tell('tensorflow', installed.value ? { kind: 'installed', test: installed.value } : { kind: 'cancelled' })
    },
    async cancel(host) {
      if (get().steps) await host.request('engines.cancel', {})
    },
    async test(host, engine) {
      tell(engine, undefined)
      set({ testing: engine })
      const tested = await host.request('engines.test', { engine })
      set({ testing: null })
      if (tested.ok) tell(engine, { kind: 'tested', test: tested.value })
      else tell(engine, { kind: 'failed', what: 'testFailed', message: tested.error.message })
    },
    async remove(host) {
      const removed = await host.request('engines.remove', { engine: 'tensorflow' })
      tell(
        'tensorflow',
        removed.ok ? undefined : { kind: 'failed', what: 'removeFailed', message: removed.error.message },
      )
      // A run would be refused.
      if (removed.ok && useRuns.getState().engine === 'tensorflow') useRuns.getState().setEngine('auto')
      await refresh(host)
    },
  }
})
