import { useTranslation } from 'react-i18next'
import { serializeProject } from '#shared/project/serialize'
import { useHost } from '../host'
import { useDocument } from '../store/document'
import { runningRun, useRuns } from '../store/run'
import { useView } from '../store/view'
import { useData } from './data/dataStore'
import { whatBlocks } from './readiness'

/** Starting and stopping, for every button that does it. */
export function useTraining() {
  const { t } = useTranslation()
  const host = useHost()
  const document = useDocument((s) => s.document)
  const inference = useDocument((s) => s.inference)
  const { spec, summary, error } = useData()
  const running = useRuns(runningRun)
  const pending = useRuns((s) => s.pending)
  const known = spec === document.data ? { summary, error } : { summary: null, error: null }
  const blocked = whatBlocks(document, inference, known)
  return {
    running,
    pending,
    /** Why training cannot start, in words; null when it can. */
    blocked: blocked && t(`training.blocked.${blocked.reason}`, { count: blocked.count }),
    async start() {
      const { name, data, training } = document
      useView.getState().showDrawer('train')
      await useRuns.getState().start(host, serializeProject(document), { name, data, epochs: training.epochs })
    },
    stop: () => useRuns.getState().stop(host),
  }
}
