import { SegmentedControl } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentRun, useRuns } from '../store/run'
import { CurvePanel } from './curves/CurvePanel'
import { EndingNotice } from './EndingNotice'
import { Failure } from './Failure'
import { Forecast } from './forecast/Forecast'
import { LayersPanel } from './layers/LayersPanel'
import { ProgressLine } from './ProgressLine'
import { SettingsForm } from './SettingsForm'
import classes from './training.module.css'

/** Settings at the left, beside them how the run goes, which alone is drawn again as it does. */
export function TrainTab() {
  const { t } = useTranslation()
  return (
    <div className={classes.train}>
      <section className={classes.settings} aria-label={t('training.settings.title')}>
        <Forecast />
        <SettingsForm />
      </section>
      <Live />
    </div>
  )
}

const views = ['curves', 'layers'] as const

/** Progress, and live curves or the figures of the layers. */
function Live() {
  const { t } = useTranslation()
  const run = useRuns(currentRun)
  const revision = useRuns((s) => s.revision)
  const [shown, setShown] = useState<(typeof views)[number]>('curves')
  const switcher = useMemo(
    () => (
      <SegmentedControl
        size="xs"
        aria-label={t('training.view.title')}
        value={shown}
        onChange={(value) => setShown(views.find((v) => v === value) ?? 'curves')}
        data={views.map((value) => ({ value, label: t(`training.view.${value}`) }))}
      />
    ),
    [shown, t],
  )
  return (
    <section className={classes.live} aria-label={t('training.curves.title')}>
      <Failure />
      {run && <ProgressLine run={run} />}
      {run && <EndingNotice run={run} />}
      {shown === 'curves' ? (
        <CurvePanel key={run?.summary.id} run={run} revision={revision} switcher={switcher} />
      ) : (
        <LayersPanel run={run} switcher={switcher} />
      )}
    </section>
  )
}
