import { ActionIcon, Menu, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconCheck, IconMenu2, IconMoon, IconSearch, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { actions, sections } from '../actions'
import { showKeys } from '../actions/keys'
import { ExportButton } from '../export/ExportButton'
import { languages, setLanguage } from '../i18n'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { RunControls } from '../training/RunControls'
import { HistoryMenu } from './HistoryMenu'
import { NetworkName } from './NetworkName'
import css from './shell.module.css'
import { TemplateMenu } from './TemplateMenu'
import { UndoButtons } from './UndoButtons'
import { useActions } from './useActions'

export function TopBar() {
  const { t } = useTranslation()
  return (
    <header className={css.top}>
      <MainMenu />
      <NetworkName />
      <UndoButtons />
      <HistoryMenu />
      <TemplateMenu />
      <div className={css.spacer} />
      <UnstyledButton className={css.search} onClick={() => spotlight.open()} aria-label={t('app.bar.search')}>
        <IconSearch size={14} />
        <span>{t('app.search.placeholder')}</span>
        <kbd>{showKeys(actions.commandPalette.keys?.[0] ?? '')}</kbd>
      </UnstyledButton>
      <div className={css.spacer} />
      <RunControls />
      <ExportButton />
      <div className={css.divider} />
      <Language />
      <Theme />
    </header>
  )
}

function MainMenu() {
  const { t } = useTranslation()
  return (
    <Menu width={260}>
      <Menu.Target>
        <ActionIcon aria-label={t('app.bar.menu')} title={t('app.bar.menu')}>
          <IconMenu2 size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={css.menu}>
        <Sections />
      </Menu.Dropdown>
    </Menu>
  )
}

/** There only while the menu is open: which commands are possible changes with every edit. */
function Sections() {
  const { t } = useTranslation()
  const run = useActions()
  useDocument((s) => s.document)
  useView((s) => s.snap)
  return (['file', 'edit', 'draw', 'training', 'view'] as const).map((section) => (
    <Menu.Sub key={section}>
      <Menu.Sub.Target>
        <Menu.Sub.Item>{t(`app.sections.${section}`)}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown className={css.menu}>
        {sections[section]
          .filter((id) => !id.startsWith('nudge'))
          .map((id) => {
            const { icon: Icon, keys, enabled, checked } = actions[id]
            const on = checked?.()
            return (
              <Menu.Item
                key={id}
                leftSection={<Icon size={16} stroke={1.5} />}
                rightSection={on ? <IconCheck size={14} /> : keys?.[0] && <kbd>{showKeys(keys[0])}</kbd>}
                {...(on !== undefined && { role: 'menuitemcheckbox', 'aria-checked': on })}
                disabled={enabled ? !enabled() : false}
                onClick={() => run(id)}
              >
                {t(`app.actions.${id}`)}
              </Menu.Item>
            )
          })}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  ))
}

function Language() {
  const { t, i18n } = useTranslation()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={css.language} aria-label={t('app.bar.language')} title={t('app.bar.language')}>
          {i18n.language === 'zh-CN' ? '中' : 'EN'}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(languages) as (keyof typeof languages)[]).map((language) => (
          <Menu.Item key={language} lang={language} onClick={() => setLanguage(language)}>
            {languages[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function Theme() {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const other = useComputedColorScheme('light') === 'light' ? 'dark' : 'light'
  const label = t(`app.bar.theme.${other}`)
  return (
    <ActionIcon aria-label={label} data-tip={label} onClick={() => setColorScheme(other)}>
      {other === 'dark' ? <IconMoon size={18} stroke={1.5} /> : <IconSun size={18} stroke={1.5} />}
    </ActionIcon>
  )
}
