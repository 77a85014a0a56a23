import { create } from 'zustand'
import type { Host } from '#shared/host'
import type { DataSummary } from '#shared/training/run'
import type { SplitSettings } from '#shared/training/split'

type Statistics = NonNullable<DataSummary['statistics']>

interface DataStore {
  /** What was asked for last; '' before the first time. */
  readonly spec: string
  /** Of `spec`; null while it is being read, and when it could not be. */
  readonly summary: DataSummary | null
  readonly error: string | null
  readonly loading: boolean
  /** Of the training part of `spec` that these settings leave; null until they are asked for. */
  readonly figures: { readonly shares: SplitSettings; readonly statistics: Statistics } | null
  readonly measuring: boolean
  /** Reads a data set's summary, unless it is at hand. `again` reads it in any case. */
  describe(host: Host, spec: string, again?: boolean): Promise<void>
  /** Reads all of the data for the figures of its training part. */
  measure(host: Host, shares: SplitSettings): Promise<void>
}

/** What is known about the data that the document names. Derived, therefore not in the document. */
export const useData = create<DataStore>()((set, get) => ({
  spec: '',
  summary: null,
  error: null,
  loading: false,
  figures: null,
  measuring: false,
  async describe(host, spec, again = false) {
    if (spec === get().spec && !again) return
    set({ spec, summary: null, error: null, loading: spec !== '', figures: null })
    if (spec === '') return
    const answer = await host.request('data.describe', { spec })
    // Another data set may have been chosen meanwhile.
    if (get().spec !== spec) return
    set(answer.ok ? { summary: answer.value, loading: false } : { error: answer.error.message, loading: false })
  },
  async measure(host, shares) {
    const { spec } = get()
    set({ measuring: true })
    const answer = await host.request('data.describe', { spec, shares })
    set({ measuring: false })
    if (get().spec !== spec) return
    if (!answer.ok) set({ summary: null, error: answer.error.message })
    else if (answer.value.statistics) set({ figures: { shares, statistics: answer.value.statistics } })
  },
}))
