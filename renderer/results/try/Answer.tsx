import { useTranslation } from 'react-i18next'
import type { TryAnswer, TrySubject } from '#shared/training/try'
import { figure, share } from '../../training/format'
import classes from './try.module.css'

/** Up to this many classes keep their places while one draws; of more only the most probable are shown. */
const FEW = 10
const TOP = 5

/** What the network says: its classes with their probabilities, or its numbers. */
export function Answer({ subject, answer }: { readonly subject: TrySubject; readonly answer: TryAnswer }) {
  const { t } = useTranslation()
  const { labels, meaning } = subject
  const { outputs, truth } = answer
  const told = (v: number | null) => (meaning === 'probability' ? share(v) : figure(v))
  const name = (i: number) => labels?.[i] ?? t('results.try.value', { n: i + 1 })
  const rows = outputs.map((value, i) => ({ value, name: name(i), i }))
  const ranked = rows.toSorted((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY))
  const best = meaning === 'value' ? undefined : ranked[0]
  const shown = meaning === 'value' || rows.length <= FEW ? rows : ranked.slice(0, TOP)
  return (
    <div className={classes.answer}>
      <p className={classes.best} role="status" data-testid="try-best">
        {best ? (
          <>
            <strong>{best.name}</strong> {told(best.value)}
          </>
        ) : (
          rows.length === 1 && <strong>{told(rows[0]?.value ?? null)}</strong>
        )}
        {truth !== null && <span className={classes.truth}>{t('results.try.truth', { truth })}</span>}
      </p>
      {(best || rows.length > 1) && (
        <table className={classes.bars} data-testid="try-outputs">
          <tbody>
            {shown.map((row) => (
              <tr key={row.i} aria-current={row === best || undefined}>
                <th scope="row" title={row.name}>
                  {row.name}
                </th>
                {meaning === 'probability' && (
                  <td aria-hidden="true">
                    <div className={classes.bar} style={{ width: `${100 * (row.value ?? 0)}%` }} />
                  </td>
                )}
                <td>{told(row.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
