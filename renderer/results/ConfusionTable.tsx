import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { Confusion } from '#shared/training/run'
import { exact } from '../i18n/format'
import { share } from '../training/format'
import classes from './confusion.module.css'

const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0)

/** Rows are the true classes, columns the predicted ones. Shade follows the share of the row; mistakes are of another hue than hits. */
export function ConfusionTable({ confusion: { labels, counts } }: { readonly confusion: Confusion }) {
  const { t } = useTranslation()
  const columns = labels.map((_, c) => sum(counts.map((row) => row[c] ?? 0)))
  return (
    <div className={classes.scroll}>
      <table className={classes.confusion} data-testid="confusion">
        <caption>
          <strong>{t('training.results.confusion')}</strong> {t('training.results.confusionHelp')}
        </caption>
        <thead>
          <tr>
            <td />
            {labels.map((label) => (
              <th key={label} scope="col" title={label}>
                {label}
              </th>
            ))}
            <th scope="col" className={classes.total}>
              {t('training.results.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {labels.map((truth, r) => {
            const row = counts[r] ?? []
            const total = sum(row)
            return (
              <tr key={truth}>
                <th scope="row" title={truth}>
                  {truth}
                </th>
                {labels.map((predicted, c) => {
                  const n = row[c] ?? 0
                  const part = total === 0 ? 0 : n / total
                  return (
                    <td
                      key={predicted}
                      className={n === 0 ? classes.zero : undefined}
                      style={tint(n, r === c, part)}
                      title={t('training.results.cell', { n: exact(n), truth, predicted, share: share(part) })}
                    >
                      {n === 0 ? '·' : exact(n)}
                    </td>
                  )
                })}
                <td className={classes.total}>{exact(total)}</td>
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('training.results.total')}</th>
            {labels.map((label, c) => (
              <td key={label}>{exact(columns[c] ?? 0)}</td>
            ))}
            <td className={classes.total}>{exact(sum(columns))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

/** Kept pale, so that the number stays readable; the root lifts small shares: two mistakes in a hundred must be seen. */
function tint(n: number, hit: boolean, part: number): CSSProperties {
  if (n === 0) return {}
  const strength = Math.round(100 * (0.14 + 0.36 * Math.sqrt(part)))
  return { background: `color-mix(in srgb, var(${hit ? '--nl-accent' : '--nl-error'}) ${strength}%, transparent)` }
}
