import { Button, UnstyledButton } from '@mantine/core'
import { useReactFlow } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { findNode } from '#shared/graph/graph'
import type { Problem } from '#shared/problems'
import { problemsOf } from '#shared/training/misfits'
import { showNodes } from '../canvas/camera'
import { applyFix } from '../canvas/change'
import type { FlowNode, WireEdge } from '../canvas/flow'
import { viewGroups } from '../canvas/groups'
import { severityIcons } from '../canvas/Trouble'
import { nodeName, useLanguage } from '../i18n/names'
import { fixText, problemText } from '../i18n/problems'
import { type DocumentState, useDocument } from '../store/document'
import { useView } from '../store/view'
import css from './shell.module.css'

/** What is shown of a network's problems: that it is empty, the empty canvas says better. */
export function useProblems(): readonly Problem[] {
  return useDocument(useShallow(shownProblems))
}

let known: { readonly of: DocumentState; readonly problems: readonly Problem[] } | null = null
/** Found once per state: problems of the training settings come as new objects each time. */
function shownProblems(state: DocumentState): readonly Problem[] {
  const { document, inference } = state
  if (known?.of.inference !== inference || known.of.document !== document) {
    const problems = problemsOf(document.graph, inference, document.training).filter((p) => p.code !== 'empty')
    known = { of: state, problems }
  }
  return known.problems
}

/** Problems with where they are and, where there is one, the click that mends them. */
export function ProblemList({ problems, plain }: { readonly problems: readonly Problem[]; readonly plain?: boolean }) {
  const { t } = useTranslation()
  useLanguage()
  if (problems.length === 0) return <div className={plain ? css.muted : css.empty}>{t('app.problems.noneHelp')}</div>
  return (
    <div className={plain ? undefined : css.problems} data-testid="problems">
      {problems.map((p, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a layer may have the same problem twice
        <ProblemRow key={`${p.nodeId}/${p.code}/${i}`} problem={p} plain={plain ?? false} />
      ))}
    </div>
  )
}

function ProblemRow({ problem, plain }: { readonly problem: Problem; readonly plain: boolean }) {
  const { t } = useTranslation()
  const flow = useReactFlow<FlowNode, WireEdge>()
  const name = useDocument((s) => {
    const node = findNode(s.document.graph, problem.nodeId)
    return node ? nodeName(node) : t('app.problems.network')
  })
  const Icon = severityIcons[problem.severity]
  const { fix } = problem
  const goTo = () => {
    const { graph } = useDocument.getState().document
    const node = findNode(graph, problem.nodeId)
    if (!node) return
    const id = viewGroups(graph).standsFor(node)
    useView.getState().select([id])
    showNodes(flow, [id], Math.max(flow.getZoom(), 0.8))
  }
  return (
    <div className={css.problem} data-plain={plain || undefined}>
      <Icon
        size={16}
        color={`var(--nl-${problem.severity})`}
        role="img"
        aria-label={t(`app.problems.severity.${problem.severity}`)}
      />
      <UnstyledButton fz={12} lh="17px" onClick={goTo}>
        {!plain && <strong>{name}</strong>}
        {problemText(problem)}
      </UnstyledButton>
      {fix && (
        <Button className={css.fix} variant="default" onClick={() => applyFix(fix)} data-testid="fix">
          {fixText(fix)}
        </Button>
      )}
    </div>
  )
}
