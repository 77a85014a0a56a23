import { create } from 'zustand'
import type { Host } from '#shared/host'
import type { DataSummary } from '#shared/training/run'

interface DataStore {
  /** What was asked for last; '' before the first time. */
  readonly spec: string
  /** Of `spec`; null while it is being read, and when it could not be. */
  readonly summary: DataSummary | null
  readonly error: string | null
  readonly loading: boolean
  /** Reads a data set's summary, unless it is at hand. `again` reads it in any case. */
  describe(host: Host, spec: string, again?: boolean): Promise<void>
}

/** What is known about the data that the document names. Derived, therefore not in the document. */
export const useData = create<DataStore>()((set, get) => ({
  spec: '',
  summary: null,
  error: null,
  loading: false,
  async describe(host, spec, again = false) {
    if (spec === get().spec && !again) return
    set({ spec, summary: null, error: null, loading: spec !== '' })
    if (spec === '') return
    const answer = await host.request('data.describe', { spec })
    // Another data set may have been chosen meanwhile.
    if (get().spec !== spec) return
    set(answer.ok ? { summary: answer.value, loading: false } : { error: answer.error.message, loading: false })
  },
}))
