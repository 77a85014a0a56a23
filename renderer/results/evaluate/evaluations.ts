import { create } from 'zustand'
import type { Host } from '#shared/host'
import type { EvaluateOn, EvaluationReport } from '#shared/training/run'

interface Evaluations {
  /** The last report of each run; kept while the window is open. */
  readonly reports: ReadonlyMap<string, EvaluationReport>
  /** The run that is being evaluated. */
  readonly busy: string | null
  readonly error: { readonly run: string; readonly message: string } | null
  evaluate(host: Host, runId: string, on: EvaluateOn): Promise<void>
}

export const useEvaluations = create<Evaluations>()((set) => ({
  reports: new Map(),
  busy: null,
  error: null,
  async evaluate(host, runId, on) {
    set({ busy: runId, error: null })
    const answer = await host.request('runs.evaluate', { runId, on })
    set((s) =>
      answer.ok
        ? { busy: null, reports: new Map([...s.reports, [runId, answer.value]]) }
        : { busy: null, error: { run: runId, message: answer.error.message } },
    )
  },
}))
