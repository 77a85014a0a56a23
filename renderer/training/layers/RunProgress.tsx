import { useEffect, useMemo } from 'react'
import { useDocument } from '../../store/document'
import { runningRun, useRuns } from '../../store/run'
import { progressOf } from '../progress'
import { isSameLayer, runNodes } from './runNodes'

/**
 * Tells the style sheet how far the network on the canvas is trained, in whole percent: `data-training` and `--nl-trained` on the page.
 * Nodes draw it without being rendered anew. Nothing where the run trains another network; some edits since are allowed.
 */
export function RunProgress() {
  const run = useRuns(runningRun)
  useRuns((s) => s.revision)
  const nodes = useDocument((s) => s.document.graph.nodes)
  const own = run && runNodes(run)
  const here = useMemo(
    () => own !== null && nodes.filter((n) => isSameLayer(n, own.get(n.id))).length * 2 > nodes.length,
    [own, nodes],
  )
  const state = run && here ? run.summary.state : null
  const percent = run && here ? Math.floor(progressOf(run).fraction * 100) : 0
  useEffect(() => {
    const { dataset, style } = document.documentElement
    if (state === null) delete dataset.training
    else dataset.training = state
    style.setProperty('--nl-trained', `${percent}%`)
  }, [state, percent])
  return null
}
