import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconTemplate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { templateNames, templates } from '#templates/index'
import { useHost } from '../host'
import { short } from '../i18n/format'
import { templateDoc } from '../i18n/names'
import { openTemplate } from './files'
import { portraitOf } from './portrait'
import { Sketch } from './Sketch'
import css from './shell.module.css'

/** The classic networks; each opens as a new document. */
export function TemplateMenu() {
  const { t } = useTranslation()
  const host = useHost()
  return (
    <Menu width={720}>
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
      <Menu.Dropdown>
        <div className={css.templates}>
          {templateNames.map((name) => (
            <Menu.Item
              key={name}
              onClick={() => void openTemplate(name, host)}
              leftSection={<Sketch name={name} width={96} />}
              title={templateDoc(name)}
              data-testid={`template-${name}`}
            >
              <strong>{templates[name].label}</strong> <span className={css.muted}>{templates[name].year}</span>
              <div className={css.costs}>
                {t('app.canvas.costs', { params: short(portraitOf(name).params), macs: short(portraitOf(name).macs) })}
              </div>
            </Menu.Item>
          ))}
        </div>
      </Menu.Dropdown>
    </Menu>
  )
}
