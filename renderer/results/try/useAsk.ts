import { useCallback, useEffect, useRef, useState } from 'react'
import type { HostError } from '#shared/host'
import type { Result } from '#shared/result'
import type { TryAnswer, TryQuestion, TrySubject } from '#shared/training/try'
import { useHost } from '../../host'

interface Asking {
  readonly subject: TrySubject | null
  readonly answer: TryAnswer | null
  /** Why the run cannot be asked, or why the last sample could not. */
  readonly error: string | null
  /** An answer is on its way. */
  readonly busy: boolean
  /** Of questions that come faster than answers only the last is asked. Null: nothing is tried any more. */
  ask(question: TryQuestion | null): void
  /** Loads the run again, after an error. */
  open(): void
}

/** Keeps a run open for questions as long as the component is there. */
export function useAsk(runId: string): Asking {
  const host = useHost()
  const [subject, setSubject] = useState<TrySubject | null>(null)
  const [answer, setAnswer] = useState<TryAnswer | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const state = useRef<{ asking: boolean; next: TryQuestion | null; wanted: TryQuestion | null; here: boolean }>({
    asking: false,
    next: null,
    wanted: null,
    here: false,
  })

  const open = useCallback(async () => {
    setError(null)
    const opened = await host.request('try.open', { runId })
    if (!state.current.here) return
    if (opened.ok) setSubject(opened.value)
    else setError(opened.error.message)
  }, [host, runId])

  useEffect(() => {
    const now = state.current
    now.here = true
    void open()
    return () => {
      now.here = false
      void host.request('try.close', { runId })
    }
  }, [host, runId, open])

  const ask = useCallback(
    async (question: TryQuestion | null) => {
      const now = state.current
      now.wanted = question
      now.next = question
      if (question === null) {
        setAnswer(null)
        setError(null)
      }
      if (now.asking) return
      now.asking = true
      setBusy(true)
      while (now.next && now.here) {
        const asked = now.next
        now.next = null
        const answered: Result<TryAnswer, HostError> = await host.request('try.ask', { runId, question: asked })
        // Meanwhile it may have been cleared.
        if (!now.here || now.wanted === null) continue
        setError(answered.ok ? null : answered.error.message)
        setAnswer(answered.ok ? answered.value : null)
      }
      now.asking = false
      if (now.here) setBusy(false)
    },
    [host, runId],
  )
  return { subject, answer, error, busy, ask: (q) => void ask(q), open: () => void open() }
}
