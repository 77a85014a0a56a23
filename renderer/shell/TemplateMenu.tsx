import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconTemplate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { templateNames, templates } from '#templates/index'
import { Sketch } from '../canvas/Sketch'
import { useHost } from '../host'
import { templateDoc } from '../i18n/names'
import { openTemplate } from './files'
import css from './shell.module.css'

/** The classic networks; each opens as a new document. */
export function TemplateMenu() {
  const { t } = useTranslation()
  const host = useHost()
  return (
    <Menu width={420}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconTemplate size={16} stroke={1.5} />}
          rightSection={<IconChevronDown size={14} />}
          className={css.plain}
        >
          {t('app.bar.templates')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={css.templates}>
        {templateNames.map((name) => (
          <Menu.Item
            key={name}
            onClick={() => void openTemplate(name, host)}
            leftSection={<Sketch name={name} />}
            data-testid={`template-${name}`}
          >
            <strong>{templates[name].label}</strong> <span className={css.muted}>{templates[name].year}</span>
            <div className={css.muted}>{templateDoc(name)}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
