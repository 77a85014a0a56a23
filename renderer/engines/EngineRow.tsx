import { Badge, Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type EngineInfo, engineNames } from '#shared/training/run'
import { useHost } from '../host'
import { failureMessage } from '../i18n/failures'
import { useLanguage } from '../i18n/names'
import { engineLabel } from '../training/format'
import { EngineOutcome } from './EngineOutcome'
import { useEngines } from './engineStore'
import css from './engines.module.css'
import { InstallForm } from './InstallForm'

export function EngineRow({ info }: { readonly info: EngineInfo }) {
  useLanguage()
  const { t } = useTranslation()
  const host = useHost()
  const testing = useEngines((s) => s.testing)
  const installing = useEngines((s) => s.steps !== null)
  const { test, remove } = useEngines.getState()
  const name = engineNames.find((n) => n === info.name)
  if (!name) return null
  // The form below says as much.
  const absent = name === 'tensorflow' && info.installed !== true && !info.available
  const facts = [
    info.version && t('engines.version', { version: info.version }),
    info.device && t('engines.device', { device: info.device }),
    t(`training.engine.${name}Help`),
  ]
  return (
    <li className={css.engine} data-engine={name} data-available={info.available}>
      <div className={css.head}>
        <strong>{engineLabel(name, t)}</strong>
        <Badge
          size="sm"
          variant="outline"
          tt="none"
          color={info.available ? 'var(--nl-good)' : 'var(--nl-warning)'}
          miw="max-content"
        >
          {t(info.available ? 'engines.available' : 'engines.missing')}
        </Badge>
        <span className={css.spacer} />
        {info.installed && (
          <Button variant="default" disabled={installing} onClick={() => void remove(host)}>
            {t('engines.remove')}
          </Button>
        )}
        {info.available && (
          <Button
            variant="default"
            loading={testing === name}
            disabled={testing !== null || installing}
            onClick={() => void test(host, name)}
            aria-label={`${t('engines.test')}: ${engineLabel(name, t)}`}
          >
            {t('engines.test')}
          </Button>
        )}
      </div>
      <div className={css.facts}>{facts.filter(Boolean).join(' · ')}</div>
      {info.reason !== undefined && !absent && <div className={css.facts}>{failureMessage(info.reason)}</div>}
      {name === 'tensorflow' && (
        <InstallForm state={info.outdated ? 'outdated' : info.installed ? 'installed' : 'absent'} />
      )}
      <EngineOutcome engine={name} />
    </li>
  )
}
