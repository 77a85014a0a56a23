import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { findNode } from '#shared/graph/graph'
import { showShape } from '#shared/layer'
import { short } from '../i18n/format'
import { nodeName, useLanguage } from '../i18n/names'
import { problemText } from '../i18n/problems'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { commentOfFlowId, findComment } from './comments'

/** Tells a screen reader what is selected: name, size, costs, problems. */
export function Announcer() {
  const { t } = useTranslation()
  useLanguage()
  const [id, ...more] = useView((s) => s.selection)
  const node = useDocument((s) => (id === undefined || more.length > 0 ? undefined : findNode(s.document.graph, id)))
  const result = useDocument((s) => (id === undefined ? undefined : s.inference.node(id)))
  const note = useDocument((s) => {
    const comment = commentOfFlowId(id ?? '')
    return comment === null || more.length > 0 ? undefined : findComment(s.document.graph, comment)
  })
  const words = note
    ? [t('app.comment.spoken', { text: note.text })]
    : node && result
      ? [
          nodeName(node),
          t('app.canvas.output', { size: result.outputs.map(showShape).join(' ') }),
          t('app.canvas.costs', { params: short(result.totals.params.total), macs: short(result.totals.macs) }),
          ...result.problems.map(problemText),
        ]
      : []
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {words.join(', ')}
    </VisuallyHidden>
  )
}
