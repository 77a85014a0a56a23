import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { trainingFields } from '#shared/training/config'
import { fieldLabel } from '../i18n/names'
import { runColor } from './colors'
import { differences } from './differences'
import type { Run } from './run'
import classes from './runs.module.css'

/** The settings in which runs differ, a column per run. */
export function Differences({ runs, names }: { readonly runs: readonly Run[]; readonly names: readonly string[] }) {
  const { t } = useTranslation()
  const rows = differences(runs)
  if (rows.length === 0) return <p className={classes.hint}>{t('training.runs.same')}</p>
  return (
    <table className={classes.table} data-testid="differences">
      <thead>
        <tr>
          <th scope="col">{t('training.runs.differ')}</th>
          {runs.map((run, i) => (
            <th key={run.summary.id} scope="col">
              <span className={classes.swatch} style={{ background: runColor(i) }} />
              {names[i]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, values }) => (
          <tr key={name}>
            <th scope="row">{settingLabel(name, t)}</th>
            {values.map((value, i) => (
              <td key={runs[i]?.summary.id}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const own = ['data', 'engine', 'layers', 'parameters'] as const
function settingLabel(name: string, t: TFunction): string {
  const key = own.find((o) => o === name)
  if (key) return t(`training.runs.${key}`)
  return Object.hasOwn(trainingFields, name) ? fieldLabel(name, 'training') : name
}
