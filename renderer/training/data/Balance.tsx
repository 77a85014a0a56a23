import { useTranslation } from 'react-i18next'
import { exact } from '../../i18n/format'
import { share } from '../format'
import classes from './data.module.css'

/** Samples per class as bars; beyond a few dozen classes the bars stand without names. */
export function Balance({
  labels,
  counts,
}: {
  readonly labels: readonly string[]
  readonly counts: readonly number[]
}) {
  const { t } = useTranslation()
  const most = Math.max(...counts, 1)
  const total = counts.reduce((a, b) => a + b, 0)
  return (
    <ul className={classes.balance} aria-label={t('training.data.balance')}>
      {counts.map((n, i) => {
        const label = labels[i] ?? String(i)
        const text = t('training.data.classCount', { label, count: n, n: exact(n), share: share(n / (total || 1)) })
        return (
          <li key={label} className={classes.class} aria-label={text} data-tip={text} data-tip-delay={100}>
            <div className={classes.column}>
              <div className={classes.bar} style={{ height: `${(n / most) * 100}%` }} />
            </div>
            {counts.length <= 30 && <span className={classes.className}>{label}</span>}
          </li>
        )
      })}
    </ul>
  )
}
