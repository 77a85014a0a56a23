import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClassReport, ClassScore } from '#shared/training/metrics'
import { exact } from '../i18n/format'
import { share } from '../training/format'
import classes from './scores.module.css'

const columns = ['precision', 'recall', 'f1', 'support'] as const
type Column = (typeof columns)[number]

/** Precision, recall and F1 of each class; a click on a column sorts by it, worst first. */
export function ClassTable({ labels, report }: { readonly labels: readonly string[]; readonly report: ClassReport }) {
  const { t } = useTranslation()
  const [by, setBy] = useState<Column | null>(null)
  const rows = report.classes.map((score, i) => ({ label: labels[i] ?? String(i), score }))
  if (by) rows.sort((a, b) => (a.score[by] ?? -1) - (b.score[by] ?? -1))
  return (
    <div className={classes.scroll}>
      <table className={classes.scores} data-testid="class-scores">
        <thead>
          <tr>
            <th scope="col">
              <UnstyledButton fz="inherit" onClick={() => setBy(null)}>
                {t('training.results.class')}
              </UnstyledButton>
            </th>
            {columns.map((c) => (
              <th
                key={c}
                scope="col"
                aria-sort={by === c ? 'ascending' : 'none'}
                title={t(`training.results.${c}Help`)}
              >
                <UnstyledButton fz="inherit" onClick={() => setBy(by === c ? null : c)}>
                  {t(`training.results.${c}`)}
                  {by === c ? ' ↑' : ''}
                </UnstyledButton>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, score }) => (
            <Row key={label} label={label} score={score} />
          ))}
        </tbody>
        <tfoot>
          <Row label={t('training.results.macro')} score={report.macro} />
          <Row label={t('training.results.weighted')} score={report.weighted} />
        </tfoot>
      </table>
    </div>
  )
}

function Row({ label, score }: { readonly label: string; readonly score: ClassScore }) {
  return (
    <tr>
      <th scope="row" title={label}>
        {label}
      </th>
      <td>{share(score.precision)}</td>
      <td>{share(score.recall)}</td>
      <td>{share(score.f1)}</td>
      <td>{exact(score.support)}</td>
    </tr>
  )
}
