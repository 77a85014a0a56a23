import { Button, Menu, Text } from '@mantine/core'
import { IconCheck, IconChevronDown, IconCpu, IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { engineNames, gpuEngines } from '#shared/training/run'
import { failureMessage } from '../i18n/failures'
import { runningRun, useRuns } from '../store/run'
import { useView } from '../store/view'
import { engineLabel } from './format'

/** What computes the next run; unavailable engines stay in the menu and say why, but for those whose GPU is missing: the panel has them all. */
export function EngineChip() {
  const { t } = useTranslation()
  const engines = useRuns((s) => s.engines)
  const engine = useRuns((s) => s.engine)
  const setEngine = useRuns((s) => s.setEngine)
  const running = useRuns((s) => runningRun(s)?.started?.engine)
  const listed = engineNames.filter(
    (name) => name === engine || !gpuEngines.has(name) || engines.some((e) => e.name === name && e.available),
  )
  const best = engines.find((e) => e.available)
  return (
    <Menu width={300}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconCpu size={14} />}
          rightSection={<IconChevronDown size={14} />}
          aria-label={t('training.engine.label', { engine: t(`training.engine.${engine}`) })}
          data-testid="engine"
        >
          {engineLabel(running ?? engine, t)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('training.engine.title')}</Menu.Label>
        {listed.map((name) => {
          const info = engines.find((e) => e.name === name)
          const usable = name === 'auto' || info?.available === true
          const detail =
            name === 'auto'
              ? t('training.engine.autoHelp', { engine: best ? engineLabel(best.name, t) : '–' })
              : info?.available
                ? [info.version, t(`training.engine.${name}Help`)].filter(Boolean).join(' · ')
                : info?.reason
                  ? failureMessage(info.reason)
                  : t('training.engine.unknown')
          return (
            <Menu.Item
              key={name}
              disabled={!usable}
              rightSection={name === engine && <IconCheck size={14} aria-label={t('training.engine.chosen')} />}
              onClick={() => setEngine(name)}
            >
              {t(`training.engine.${name}`)}
              <Text fz={12} c="dimmed">
                {detail}
              </Text>
            </Menu.Item>
          )
        })}
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={14} />} onClick={() => useView.getState().showDialog('engines')}>
          {t('app.actions.engines')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
