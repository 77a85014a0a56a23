import { useTranslation } from 'react-i18next'
import type { EngineName } from '#shared/training/run'
import { failureMessage } from '../i18n/failures'
import { duration } from '../training/format'
import { Notice } from '../training/Notice'
import { useEngines } from './engineStore'

/** What came of the last test or installation. */
export function EngineOutcome({ engine }: { readonly engine: EngineName }) {
  const { t } = useTranslation()
  const outcome = useEngines((s) => s.outcomes[engine])
  switch (outcome?.kind) {
    case undefined:
      return null
    case 'tested':
      return (
        <Notice tone="good" testId="engine-outcome">
          {t('engines.right', { seconds: duration(outcome.test.seconds, t) })}
        </Notice>
      )
    case 'installed': {
      const { version, device = 'CPU' } = outcome.test
      return (
        <Notice tone="good" testId="engine-outcome">
          {t('engines.installed', { version, device })}
        </Notice>
      )
    }
    case 'cancelled':
      return (
        <Notice tone="advice" testId="engine-outcome">
          {t('engines.cancelled')}
        </Notice>
      )
    case 'failed':
      return (
        <Notice tone="error" title={t(`engines.${outcome.what}`)} testId="engine-outcome">
          {failureMessage(outcome.message)}
        </Notice>
      )
  }
}
