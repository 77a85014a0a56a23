import { ActionIcon, Checkbox } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host'
import { useRuns } from '../store/run'
import { useView } from '../store/view'
import { Comparison } from './Comparison'
import { runColor } from './colors'
import { Differences } from './Differences'
import { RunRow } from './RunRow'
import { isRunning, type Run } from './run'
import classes from './runs.module.css'

const columns = ['name', 'state', 'valAccuracy', 'valLoss', 'epochs', 'data', 'engine', 'when'] as const
/** While runs are compared the list makes room: what was left out is in the table of differences where it matters. */
const fewColumns: readonly string[] = ['name', 'state', 'valAccuracy', 'when']

/** All runs of the workspace; a click opens one, two or more ticked are compared. */
export function RunsTab() {
  const { t } = useTranslation()
  const host = useHost()
  const list = useRuns((s) => s.list)
  const current = useRuns((s) => s.current)
  const { refresh, open, load } = useRuns.getState()
  const [ticked, setTicked] = useState<readonly string[]>([])
  useEffect(() => void refresh(host), [host, refresh])

  const comparing = ticked.length > 1
  const all = useRuns((s) => s.runs)
  const revision = useRuns((s) => s.revision)
  const compared = useMemo(
    () => ticked.map((id) => all.get(id)).filter((r): r is Run => r !== undefined),
    [ticked, all],
  )
  const names = useRunNames(compared)

  const tick = (id: string, on: boolean) => {
    setTicked((old) => (on ? [...old, id] : old.filter((o) => o !== id)))
    if (on) void load(host, id)
  }
  if (list.length === 0) return <p className={classes.alone}>{t('training.runs.none')}</p>
  const shown = comparing ? columns.filter((c) => fewColumns.includes(c)) : columns
  return (
    <div className={classes.tab}>
      <div className={classes.list}>
        <div className={classes.scroll}>
          <table className={classes.table} data-testid="runs">
            <thead>
              <tr>
                <th scope="col">
                  <ActionIcon
                    size={24}
                    aria-label={t('training.runs.refresh')}
                    data-tip={t('training.runs.refresh')}
                    onClick={() => void refresh(host)}
                  >
                    <IconRefresh size={14} />
                  </ActionIcon>
                </th>
                {shown.map((c) => (
                  <th key={c} scope="col">
                    {t(`training.runs.${c}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {list.map((run) => (
                <RunRow
                  key={run.id}
                  run={run}
                  columns={shown}
                  current={run.id === current}
                  onOpen={() => {
                    void open(host, run.id)
                    useView.getState().showDrawer(isRunning({ summary: run }) ? 'train' : 'results')
                  }}
                  tick={
                    <Checkbox
                      size="xs"
                      {...(comparing && { color: runColor(ticked.indexOf(run.id)) })}
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
        {!comparing && list.length > 1 && <p className={classes.hint}>{t('training.runs.compareHelp')}</p>}
        {comparing && (
          <div className={classes.differences}>
            <Differences runs={compared} names={names} />
          </div>
        )}
      </div>
      {comparing && <Comparison runs={compared} names={names} revision={revision} />}
    </div>
  )
}

/** Runs of one project have the same name: then their time tells them apart. */
function useRunNames(runs: readonly Run[]): readonly string[] {
  const { t, i18n } = useTranslation()
  return useMemo(() => {
    const time = (iso: string) => new Date(iso).toLocaleTimeString(i18n.language, { timeStyle: 'medium' })
    return runs.map(({ summary: { name, startedAt } }) => {
      const plain = name || t('training.runs.unnamed')
      return runs.filter((r) => r.summary.name === name).length > 1 ? `${plain}, ${time(startedAt)}` : plain
    })
  }, [runs, t, i18n.language])
}
