import { ActionIcon, Menu } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDocument } from '../store/document'
import css from './shell.module.css'
import { stepName } from './UndoButtons'

/** How many steps each way are listed. */
const SHOWN = 15

/** The steps that can be taken back or done again; a click goes to that point. */
export function HistoryMenu() {
  const { t } = useTranslation()
  const undoSteps = useDocument((s) => s.undoSteps)
  const redoSteps = useDocument((s) => s.redoSteps)
  const { undo, redo } = useDocument.getState()
  const times = (n: number, go: () => void) => () => {
    for (let i = 0; i < n; i++) go()
  }
  const future = redoSteps.slice(-SHOWN)
  const past = undoSteps.slice(-SHOWN).toReversed()
  return (
    <Menu width={220}>
      <Menu.Target>
        <ActionIcon
          aria-label={t('app.bar.history')}
          title={t('app.bar.history')}
          disabled={undoSteps.length + redoSteps.length === 0}
        >
          <IconHistory size={18} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={css.history} data-testid="history">
        {future.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are told apart by their place
          <Menu.Item key={`redo${i}`} className={css.muted} onClick={times(future.length - i, redo)}>
            {stepName(step.label)}
          </Menu.Item>
        ))}
        {past.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are told apart by their place
          <Menu.Item key={`undo${i}`} fw={i === 0 ? 600 : undefined} onClick={times(i, undo)}>
            {stepName(step.label)}
          </Menu.Item>
        ))}
        <Menu.Item fw={past.length === 0 ? 600 : undefined} onClick={times(undoSteps.length, undo)}>
          {t('app.bar.opened')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
