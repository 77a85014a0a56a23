import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { useHost } from '../host'
import { useDocument } from '../store/document'
import { useRuns } from '../store/run'
import { useData } from './data/dataStore'
import { blockedNow, startTraining } from './start'

/** Starting a run, for every button that does it. */
export function useTraining() {
  const { t } = useTranslation()
  const host = useHost()
  // What `blockedNow` reads besides the document.
  useData((s) => s.summary)
  const blocked = useDocument(useShallow(blockedNow))
  const pending = useRuns((s) => s.pending)
  return {
    pending,
    /** Why training cannot start, in words; null when it can. */
    blocked: blocked && t(`training.blocked.${blocked.reason}`, { count: blocked.count }),
    start: () => startTraining(host),
  }
}
