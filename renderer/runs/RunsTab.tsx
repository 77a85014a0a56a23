import { Button, Checkbox } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host'
import { useRuns } from '../store/run'
import { useView } from '../store/view'
import { Comparison } from './Comparison'
import { RunRow } from './RunRow'
import classes from './runs.module.css'

const columns = ['name', 'state', 'engine', 'data', 'epochs', 'valAccuracy', 'valLoss', 'when'] as const

/** All runs of the workspace; a click opens one, two or more ticked are compared. */
export function RunsTab() {
  const { t } = useTranslation()
  const host = useHost()
  const list = useRuns((s) => s.list)
  const current = useRuns((s) => s.current)
  const { refresh, open, load } = useRuns.getState()
  const [ticked, setTicked] = useState<readonly string[]>([])
  useEffect(() => void refresh(host), [host, refresh])

  const tick = (id: string, on: boolean) => {
    setTicked((old) => (on ? [...old, id] : old.filter((o) => o !== id)))
    if (on) void load(host, id)
  }
  if (list.length === 0) return <p className={classes.quiet}>{t('training.runs.none')}</p>
  return (
    <div className={classes.tab} data-compare={ticked.length > 1 || undefined}>
      <div className={classes.list}>
        <table className={classes.table} data-testid="runs">
          <thead>
            <tr>
              <th scope="col" aria-label={t('training.runs.compare')} />
              {columns.map((c) => (
                <th key={c} scope="col">
                  {t(`training.runs.${c}`)}
                </th>
              ))}
              <th>
                <Button variant="subtle" leftSection={<IconRefresh size={14} />} onClick={() => void refresh(host)}>
                  {t('training.runs.refresh')}
                </Button>
              </th>
            </tr>
          </thead>
          <tbody>
            {list.map((run) => (
              <RunRow
                key={run.id}
                run={run}
                current={run.id === current}
                onOpen={() => {
                  void open(host, run.id)
                  useView.getState().showDrawer('results')
                }}
                tick={
                  <Checkbox
                    size="xs"
                    checked={ticked.includes(run.id)}
                    onChange={(e) => tick(run.id, e.currentTarget.checked)}
                    aria-label={t('training.runs.compareOne', { name: run.name })}
                  />
                }
              />
            ))}
          </tbody>
        </table>
      </div>
      {ticked.length > 1 ? (
        <Comparison ids={ticked} />
      ) : (
        <p className={classes.quiet}>{t('training.runs.compareHelp')}</p>
      )}
    </div>
  )
}
