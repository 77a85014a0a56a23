import type { Host } from '#shared/host'
import { serializeProject } from '#shared/project/serialize'
import { useDocument } from '../store/document'
import { runningRun, useRuns } from '../store/run'
import { useData } from './data/dataStore'
import { type Blocked, whatBlocks } from './readiness'

/** What keeps the document from being trained now; null when nothing does. */
export function blockedNow(): Blocked | null {
  const { document, inference } = useDocument.getState()
  const { spec, summary } = useData.getState()
  return whatBlocks(document, inference, spec === document.data ? summary : null)
}

/** Trains the document as it is. */
export async function startTraining(host: Host): Promise<void> {
  const { document } = useDocument.getState()
  const { name, data, training } = document
  await useRuns.getState().start(host, serializeProject(document), { name, data, epochs: training.epochs })
}

/** The state of the run under way; undefined without one. */
export const stateNow = () => runningRun(useRuns.getState())?.summary.state
