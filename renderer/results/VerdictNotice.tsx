import { useTranslation } from 'react-i18next'
import { type Verdict, verdictOf } from '#shared/training/verdict'
import { isRunning, type Run } from '../runs/run'
import { share } from '../training/format'
import { Notice } from '../training/Notice'

const tones: Readonly<Record<Verdict['kind'], 'warning' | 'advice' | 'good'>> = {
  diverged: 'warning',
  guessing: 'warning',
  overfitting: 'advice',
  falling: 'advice',
  settled: 'good',
}

/** What the curves say about a run that has ended, and what to try next. */
export function VerdictNotice({ run }: { readonly run: Run }) {
  const { t } = useTranslation()
  if (isRunning(run)) return null
  const verdict = verdictOf(run.curves.epochs, run.confusion && baseline(run.confusion.counts))
  if (!verdict) return null
  const values = {
    since: verdict.kind === 'overfitting' ? verdict.since : 0,
    baseline: share(verdict.kind === 'guessing' ? verdict.baseline : null),
  }
  return (
    <Notice tone={tones[verdict.kind]} testId="verdict">
      {t(`training.verdict.${verdict.kind}`, values)}
    </Notice>
  )
}

/** The share of the most frequent class. */
function baseline(counts: readonly (readonly number[])[]): number | null {
  const rows = counts.map((row) => row.reduce((a, b) => a + b, 0))
  const total = rows.reduce((a, b) => a + b, 0)
  return total === 0 ? null : Math.max(...rows) / total
}
