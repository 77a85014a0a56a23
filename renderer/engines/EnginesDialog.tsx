import { Modal } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../host'
import { useRuns } from '../store/run'
import { useView } from '../store/view'
import { EngineRow } from './EngineRow'
import { useEngines } from './engineStore'
import css from './engines.module.css'

/** What can compute here: each engine with its state, a test, and for the one that is not built in, its installation. */
export function EnginesDialog() {
  const { t } = useTranslation()
  const host = useHost()
  const opened = useView((s) => s.dialog === 'engines')
  const engines = useRuns((s) => s.engines)
  const connect = useEngines((s) => s.connect)
  useEffect(() => connect(host), [connect, host])
  return (
    <Modal
      opened={opened}
      onClose={() => useView.getState().showDialog(null)}
      title={t('engines.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('training.action.close') }}
    >
      <p className={css.lead}>{t('engines.lead')}</p>
      <ul className={css.list} data-testid="engines">
        {engines.map((info) => (
          <EngineRow key={info.name} info={info} />
        ))}
      </ul>
    </Modal>
  )
}
