import { Button, Loader } from '@mantine/core'
import { IconGauge } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../../host'
import { failureMessage } from '../../i18n/failures'
import { useLanguage } from '../../i18n/names'
import { useDocument } from '../../store/document'
import { runningRun, useRuns } from '../../store/run'
import { blockedNow } from '../start'
import { ForecastFigures } from './ForecastFigures'
import classes from './forecast.module.css'
import { isOutdated, useForecast } from './forecastStore'

/** What a run would be like: asked for by hand, since engines are measured for it. */
export function Forecast() {
  const { t } = useTranslation()
  useLanguage()
  const host = useHost()
  const document = useDocument((s) => s.document)
  const engine = useRuns((s) => s.engine)
  const running = useRuns((s) => runningRun(s) !== null)
  const { asking, ask, error, plan, subject } = useForecast()
  const outdated = isOutdated(subject, document, engine)
  const request = (again: boolean) => void ask(host, document, engine, again)
  return (
    <section className={classes.forecast} aria-label={t('training.forecast.title')} data-testid="forecast">
      <header>
        <h3>{t('training.forecast.title')}</h3>
        <Button
          data-tip={t('training.forecast.help')}
          data-tip-side="right"
          variant="default"
          size="compact-xs"
          leftSection={asking ? <Loader size={12} /> : <IconGauge size={14} />}
          disabled={asking || running || blockedNow() !== null}
          onClick={() => request(plan !== null && !outdated)}
          data-testid="forecast-ask"
        >
          {plan === null || outdated ? t('training.forecast.ask') : t('training.forecast.again')}
        </Button>
      </header>
      <div aria-live="polite">
        {asking && <p className={classes.hint}>{t('training.forecast.asking')}</p>}
        {error !== null && <p className={classes.error}>{failureMessage(error)}</p>}
        {!asking && plan && outdated && <p className={classes.hint}>{t('training.forecast.outdated')}</p>}
      </div>
      {!asking && plan && <ForecastFigures plan={plan} outdated={outdated} epochs={document.training.epochs} />}
    </section>
  )
}
