import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { actions, sections } from '../actions'
import { showKeys } from '../actions/keys'
import { useView } from '../store/view'
import css from './shell.module.css'

const mouse = ['pan', 'zoom', 'box', 'add', 'copy', 'wire', 'nudge', 'nudgeFar'] as const
/** The browser's own events carry these: see `useClipboard`. */
const clipboard: Readonly<Record<string, string>> = { cut: 'mod+x', copy: 'mod+c', paste: 'mod+v' }

/** All keys, from the actions themselves. */
export function ShortcutsDialog() {
  const { t } = useTranslation()
  const opened = useView((s) => s.dialog === 'shortcuts')
  return (
    <Modal
      opened={opened}
      onClose={() => useView.getState().showDialog(null)}
      title={t('app.shortcuts.title')}
      size="lg"
    >
      <div className={css.keys}>
        {(['file', 'edit', 'draw', 'training', 'view'] as const).map((section) => (
          <section key={section}>
            <h3>{t(`app.sections.${section}`)}</h3>
            {sections[section]
              .filter((id) => !id.startsWith('nudge'))
              .map((id) => {
                const keys = actions[id].keys?.[0] ?? clipboard[id]
                if (keys === undefined) return null
                return (
                  <div className={css.key} key={id}>
                    {t(`app.actions.${id}`)} <kbd>{showKeys(keys)}</kbd>
                  </div>
                )
              })}
          </section>
        ))}
        <section>
          <h3>{t('app.shortcuts.mouse')}</h3>
          {mouse.map((m) => (
            <div className={css.key} key={m}>
              {t(`app.shortcuts.${m}Help`)} <kbd>{t(`app.shortcuts.${m}`)}</kbd>
            </div>
          ))}
        </section>
      </div>
    </Modal>
  )
}
