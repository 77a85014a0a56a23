import { Select } from '@mantine/core'
import { useCallback, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FittingRun } from '#shared/host'
import { serializeProject } from '#shared/project/serialize'
import { useHost } from '../host'
import { runLabel } from '../runs/runLabel'
import { useDocument } from '../store/document'
import { useRuns } from '../store/run'
import classes from './training.module.css'

/** Of a network that is being edited, what fits is asked for when it has rested so long. In milliseconds. */
const REST = 400
const NEW = ''

/** What the weights of the next run begin as: new, or as those of an earlier run where they fit. */
export function StartFrom() {
  const { t } = useTranslation()
  const host = useHost()
  const id = useId()
  const list = useRuns((s) => s.list)
  const chosen = useRuns((s) => s.startFrom)
  const setStartFrom = useRuns((s) => s.setStartFrom)
  const graph = useDocument((s) => s.document.graph)
  const [fitting, setFitting] = useState<readonly FittingRun[] | null>(null)
  const look = useCallback(async () => {
    const project = serializeProject(useDocument.getState().document)
    const found = await host.request('runs.fitting', { project })
    setFitting(found.ok ? found.value : [])
  }, [host])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another network, or another list, fits otherwise.
  useEffect(() => {
    if (chosen === null) return
    const timer = setTimeout(() => void look(), REST)
    return () => clearTimeout(timer)
  }, [chosen, graph, list, look])

  const fits = (run: string | null) => fitting?.find((f) => f.id === run)
  const fit = fits(chosen)
  const lost = chosen !== null && fitting !== null && !fit
  const offered = list.filter((r) => fits(r.id) || r.id === chosen)
  const help = fit
    ? t(fit.taken === fit.all ? 'training.startFrom.all' : 'training.startFrom.some', { ...fit })
    : t(lost ? 'training.startFrom.none' : 'training.startFrom.help')
  return (
    <div className={classes.start} data-testid="start-from">
      <label htmlFor={id}>{t('training.startFrom.label')}</label>
      <Select
        id={id}
        value={chosen ?? NEW}
        error={lost}
        data={[
          { value: NEW, label: t('training.startFrom.new') },
          ...offered.map((r) => ({ value: r.id, label: runLabel(r, t) })),
        ]}
        nothingFoundMessage={t('training.startFrom.nothing')}
        comboboxProps={{ transitionProps: { duration: 0 } }}
        onDropdownOpen={() => void look()}
        onChange={(run) => setStartFrom(run || null)}
      />
      <p className={lost ? classes.lost : classes.hint} data-testid="start-from-help">
        {help}
      </p>
    </div>
  )
}
