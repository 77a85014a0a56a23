import { Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Point } from '#shared/graph/graph'
import { type ActionId, actions } from '../actions'
import { showKeys } from '../actions/keys'
import { useActions } from '../shell/useActions'
import css from './canvas.module.css'

/** What a right click offers; commands that are not possible on what was hit are left out. */
const offered: readonly (readonly ActionId[])[] = [
  ['editField', 'cut', 'copy', 'paste', 'duplicate', 'deleteSelection'],
  ['group', 'ungroup', 'saveBlock', 'connectSelection', 'freeze', 'unfreeze'],
  ['addComment', 'selectAll', 'fitAll', 'fitSelection', 'arrange'],
]

export function ContextMenu({ at, onClose }: { readonly at: Point; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const run = useActions()
  const possible = offered.map((ids) => ids.filter((id) => actions[id].enabled?.() ?? true))
  return (
    <Menu opened onClose={onClose} position="bottom-start" width={272} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <div className={css.openEnd} style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown className={css.context} data-testid="context-menu">
        {possible
          .filter((ids) => ids.length > 0)
          .map((ids, i) => [
            i > 0 && <Menu.Divider key={`divider-${ids[0]}`} />,
            ...ids.map((id) => {
              const { icon: Icon, keys } = actions[id]
              return (
                <Menu.Item
                  key={id}
                  leftSection={<Icon size={16} stroke={1.5} />}
                  rightSection={keys?.[0] && <kbd>{showKeys(keys[0])}</kbd>}
                  onClick={() => run(id)}
                >
                  {t(`app.actions.${id}`)}
                </Menu.Item>
              )
            }),
          ])}
      </Menu.Dropdown>
    </Menu>
  )
}
