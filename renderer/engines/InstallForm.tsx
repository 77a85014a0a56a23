import { Button, Loader, Switch } from '@mantine/core'
import { IconCheck, IconInfoCircle } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstallStep } from '#shared/training/installation'
import { useHost } from '../host'
import { installStepMessage } from '../i18n/installSteps'
import { Notice } from '../training/Notice'
import { useEngines } from './engineStore'
import css from './engines.module.css'

const verbs = { absent: 'engines.install', installed: 'engines.again', outdated: 'engines.update' } as const

/** Installs native TensorFlow, and shows what is being done meanwhile. `outdated`: it was, by another version of Netloom. */
export function InstallForm({ state }: { readonly state: keyof typeof verbs }) {
  const { t } = useTranslation()
  const host = useHost()
  const steps = useEngines((s) => s.steps)
  const { install, cancel } = useEngines.getState()
  const [gpu, setGpu] = useState(false)
  const [dialogs, setDialogs] = useState(false)
  useEffect(() => {
    void host.request('app.info', {}).then((r) => setDialogs(r.ok && r.value.dialogs))
  }, [host])
  if (steps) return <Steps steps={steps} onCancel={() => void cancel(host)} />
  return (
    <>
      {state === 'outdated' ? (
        <Notice tone="advice" testId="engine-outdated">
          {t('engines.outdated')}
        </Notice>
      ) : (
        <div className={css.facts}>{t('engines.installHelp')}</div>
      )}
      <div className={css.form}>
        <Button
          variant={state === 'installed' ? 'default' : 'filled'}
          onClick={() => void install(host, { gpu, choose: false })}
          data-testid="install"
        >
          {t(verbs[state])}
        </Button>
        {dialogs && (
          <Button variant="default" onClick={() => void install(host, { gpu, choose: true })}>
            {t('engines.choose')}
          </Button>
        )}
        <Switch label={t('engines.gpu')} checked={gpu} onChange={(e) => setGpu(e.currentTarget.checked)} />
      </div>
    </>
  )
}

function Steps({ steps, onCancel }: { readonly steps: readonly InstallStep[]; onCancel(): void }) {
  const { t } = useTranslation()
  return (
    <div className={css.steps} role="status" data-testid="install-steps">
      <ol aria-label={t('engines.installing')}>
        {steps.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added
          <li key={i}>
            {step.code === 'unpublished' ? (
              <IconInfoCircle size={14} aria-hidden="true" />
            ) : i === steps.length - 1 ? (
              <Loader size={14} />
            ) : (
              <IconCheck size={14} aria-hidden="true" />
            )}
            {installStepMessage(step)}
          </li>
        ))}
      </ol>
      <Button variant="default" onClick={onCancel}>
        {t('engines.cancel')}
      </Button>
    </div>
  )
}
