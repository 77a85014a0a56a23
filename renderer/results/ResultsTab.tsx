import { SegmentedControl } from '@mantine/core'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from '../runs/run'
import { currentRun, useRuns } from '../store/run'
import { EvaluateView } from './evaluate/EvaluateView'
import { FiguresView } from './FiguresView'
import classes from './results.module.css'
import { TryTab } from './try/TryTab'
import { type ResultsView, useResultsView } from './view'

const views = { figures: FiguresView, try: TryTab, evaluate: EvaluateView } satisfies Record<
  ResultsView,
  ComponentType<{ readonly run: Run }>
>
const names = Object.keys(views) as ResultsView[]

/** How good the run looked at turned out to be, and what its network says about other samples. */
export function ResultsTab() {
  const { t } = useTranslation()
  const run = useRuns(currentRun)
  const { view, setView } = useResultsView()
  // The figures follow a run that goes on.
  useRuns((s) => s.revision)
  if (!run) return <p className={classes.alone}>{t('training.results.none')}</p>
  const Content = views[view]
  return (
    <div className={classes.results}>
      <SegmentedControl
        className={classes.views}
        orientation="vertical"
        aria-label={t('results.views.label')}
        value={view}
        onChange={(value) => setView(names.find((n) => n === value) ?? view)}
        data={names.map((value) => ({ value, label: t(`results.views.${value}`) }))}
      />
      <Content key={run.summary.id} run={run} />
    </div>
  )
}
