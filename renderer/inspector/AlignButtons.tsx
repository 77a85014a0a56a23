import { ActionIcon } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { actions } from '../actions'
import { aligns } from '../actions/align'
import { useActions } from '../shell/useActions'
import { useView } from '../store/view'
import css from './inspector.module.css'

const ids = Object.keys(aligns) as (keyof typeof aligns)[]

/** Lines up the selected layers. */
export function AlignButtons() {
  const { t } = useTranslation()
  const run = useActions()
  useView((s) => s.selection)
  return (
    <div className={css.actions}>
      {ids.map((id) => {
        const { icon: Icon, enabled } = actions[id]
        const label = t(`app.actions.${id}`)
        return (
          <ActionIcon
            key={id}
            aria-label={label}
            data-tip={label}
            disabled={enabled?.() === false}
            onClick={() => run(id)}
          >
            <Icon size={18} stroke={1.5} />
          </ActionIcon>
        )
      })}
    </div>
  )
}
