import { useTranslation } from 'react-i18next'
import { findNode } from '#shared/graph/graph'
import { INSPECTOR } from '../actions/editField'
import { commentOfFlowId, findComment } from '../canvas/comments'
import { groupOfFlowId, layersOf } from '../canvas/groups'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { CommentPanel } from './CommentPanel'
import { GroupPanel } from './GroupPanel'
import css from './inspector.module.css'
import { LayerPanel } from './LayerPanel'
import { NetworkPanel } from './NetworkPanel'
import { SeveralPanel } from './SeveralPanel'

/** The selected layer; with nothing selected the network's totals; with several what they share. */
export function Inspector() {
  const { t } = useTranslation()
  return (
    <aside className={css.inspector} id={INSPECTOR} aria-label={t('app.inspector.title')} data-testid="inspector">
      <Panel />
    </aside>
  )
}

function Panel() {
  const selection = useView((s) => s.selection)
  const graph = useDocument((s) => s.document.graph)
  const [first, ...more] = selection
  if (first === undefined) return <NetworkPanel />
  if (more.length === 0) {
    const comment = commentOfFlowId(first)
    if (comment !== null)
      return findComment(graph, comment) ? <CommentPanel key={comment} id={comment} /> : <NetworkPanel />
    const group = groupOfFlowId(first)
    if (group !== null)
      return graph.groups.some((g) => g.id === group) ? <GroupPanel key={group} id={group} /> : <NetworkPanel />
    // A fresh form for every layer: what was being typed belongs to the one before.
    return findNode(graph, first) ? <LayerPanel key={first} id={first} /> : <NetworkPanel />
  }
  const ids = layersOf(graph, selection)
  return ids.length > 0 ? <SeveralPanel key={ids.join()} ids={ids} /> : <NetworkPanel />
}
