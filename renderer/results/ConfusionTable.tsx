import { UnstyledButton } from '@mantine/core'
import { type CSSProperties, memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Confusion } from '#shared/training/run'
import { exact } from '../i18n/format'
import { share } from '../training/format'
import classes from './confusion.module.css'
import type { Pair } from './Gallery'
import { shownClasses } from './shownClasses'

const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0)

interface ConfusionTableProps {
  readonly confusion: Confusion
  /** Of the validation set, by default. */
  readonly title?: string
  readonly pair: Pair | null
  /** A cell with mistakes was chosen. */
  onPair(pair: Pair): void
}

/** Rows are the true classes, columns the predicted ones. Shade follows the share of the row; mistakes are of another hue than hits. */
export const ConfusionTable = memo(function ConfusionTable(props: ConfusionTableProps) {
  const { t } = useTranslation()
  const { pair, onPair } = props
  const { labels, counts } = props.confusion
  const columns = labels.map((_, c) => sum(counts.map((row) => row[c] ?? 0)))
  const shown = shownClasses(counts).map((index) => ({ index, label: labels[index] ?? String(index) }))
  return (
    <div className={classes.scroll}>
      <table className={classes.confusion} data-testid="confusion">
        <caption>
          <strong>{props.title ?? t('training.results.confusion')}</strong> {t('training.results.confusionHelp')}
          {shown.length < labels.length &&
            ` ${t('training.results.worstClasses', { shown: shown.length, all: labels.length })}`}
        </caption>
        <thead>
          <tr>
            <td />
            {shown.map(({ index, label }) => (
              <th key={index} scope="col" title={label}>
                {label}
              </th>
            ))}
            <th scope="col" className={classes.total}>
              {t('training.results.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((truth) => {
            const row = counts[truth.index] ?? []
            const total = sum(row)
            return (
              <tr key={truth.index}>
                <th scope="row" title={truth.label}>
                  {truth.label}
                </th>
                {shown.map((predicted) => {
                  const n = row[predicted.index] ?? 0
                  const part = total === 0 ? 0 : n / total
                  const names = { truth: truth.label, predicted: predicted.label }
                  const title = t('training.results.cell', { n: exact(n), share: share(part), ...names })
                  const style = tint(n, truth === predicted, part)
                  if (n === 0 || truth === predicted)
                    return (
                      <td
                        key={predicted.index}
                        className={n === 0 ? classes.zero : undefined}
                        style={style}
                        title={title}
                      >
                        {n === 0 ? '·' : exact(n)}
                      </td>
                    )
                  const chosen = pair?.truth === truth.index && pair.predicted === predicted.index
                  return (
                    <td key={predicted.index} style={style} title={title}>
                      <UnstyledButton
                        fz="inherit"
                        className={classes.cell}
                        aria-pressed={chosen}
                        aria-description={title}
                        onClick={() => onPair({ truth: truth.index, predicted: predicted.index })}
                      >
                        {exact(n)}
                      </UnstyledButton>
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
            {shown.map(({ index }) => (
              <td key={index}>{exact(columns[index] ?? 0)}</td>
            ))}
            <td className={classes.total}>{exact(sum(columns))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
})

/** Kept pale, so that the number stays readable; the root lifts small shares: two mistakes in a hundred must be seen. */
function tint(n: number, hit: boolean, part: number): CSSProperties {
  if (n === 0) return {}
  const strength = Math.round(100 * (0.14 + 0.36 * Math.sqrt(part)))
  return { background: `color-mix(in srgb, var(${hit ? '--nl-accent' : '--nl-error'}) ${strength}%, transparent)` }
}
