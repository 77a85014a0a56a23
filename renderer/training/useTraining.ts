import { useTranslation } from 'react-i18next'
import { serializeProject } from '#shared/project/serialize'
import { useHost } from '../host'
import { useDocument } from '../store/document'
import { useRuns } from '../store/run'
import { useData } from './data/dataStore'
import { whatBlocks } from './readiness'

/** Starting a run, for every button that does it. */
export function useTraining() {
  const { t } = useTranslation()
  const host = useHost()
  const document = useDocument((s) => s.document)
  const inference = useDocument((s) => s.inference)
  const { spec, summary } = useData()
  const pending = useRuns((s) => s.pending)
  const blocked = whatBlocks(document, inference, spec === document.data ? summary : null)
  return {
    pending,
    /** Why training cannot start, in words; null when it can. */
    blocked: blocked && t(`training.blocked.${blocked.reason}`, { count: blocked.count }),
    async start() {
      const { name, data, training } = document
      await useRuns.getState().start(host, serializeProject(document), { name, data, epochs: training.epochs })
    },
  }
}
