import { useTranslation } from 'react-i18next'
import type { Confusion } from '#shared/training/run'
import { exact } from '../i18n/format'
import { share } from '../training/format'
import classes from './scores.module.css'

const SHOWN = 10

/** Which class is taken for which other, most frequent first. */
export function Mistakes({ confusion: { labels, counts } }: { readonly confusion: Confusion }) {
  const { t } = useTranslation()
  const mistakes = counts
    .flatMap((row, truth) => {
      const total = row.reduce((a, b) => a + b, 0)
      return row.map((n, predicted) => ({ truth, predicted, n, part: n / total }))
    })
    .filter((m) => m.truth !== m.predicted && m.n > 0)
    .sort((a, b) => b.n - a.n || b.part - a.part)
    .slice(0, SHOWN)
  if (mistakes.length === 0) return <p className={classes.none}>{t('training.results.noMistakes')}</p>
  return (
    <table className={classes.scores} data-testid="mistakes">
      <thead>
        <tr>
          <th scope="col">{t('training.results.truth')}</th>
          <th scope="col">{t('training.results.takenFor')}</th>
          <th scope="col">{t('training.results.times')}</th>
          <th scope="col">{t('training.results.ofClass')}</th>
        </tr>
      </thead>
      <tbody>
        {mistakes.map((m) => (
          <tr key={`${m.truth} ${m.predicted}`}>
            <th scope="row">{labels[m.truth]}</th>
            <td>{labels[m.predicted]}</td>
            <td>{exact(m.n)}</td>
            <td>{share(m.part)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
