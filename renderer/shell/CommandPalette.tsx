import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconSearch, IconTemplate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { layers, layerTypes } from '#shared/layers/index'
import { templateNames, templates } from '#templates/index'
import { actionIds, actions } from '../actions'
import { showKeys } from '../actions/keys'
import { useHost } from '../host'
import { layerLabel, layerSummary, templateDoc } from '../i18n/names'
import { useAddPiece } from '../palette/useAddPiece'
import { categoryColor, layerIcon } from '../theme/icons'
import { openTemplate } from './files'
import css from './shell.module.css'
import { useActions } from './useActions'

/** Ctrl+K: every command, layer and template by name. */
export function CommandPalette() {
  const { t } = useTranslation()
  const host = useHost()
  const run = useActions()
  const addPiece = useAddPiece()
  const commands = actionIds
    .filter((id) => id !== 'commandPalette' && !id.startsWith('nudge'))
    .map((id): SpotlightActionData => {
      const { icon: Icon, keys } = actions[id]
      return {
        id,
        label: t(`app.actions.${id}`),
        leftSection: <Icon size={18} stroke={1.5} />,
        rightSection: keys?.[0] && <kbd>{showKeys(keys[0])}</kbd>,
        keywords: [id],
        onClick: () => run(id),
      }
    })
  const layerItems = layerTypes.map((type): SpotlightActionData => {
    const Icon = layerIcon(type)
    return {
      id: `layer:${type}`,
      label: layerLabel(type),
      description: layerSummary(type),
      keywords: [type, layers[type].label],
      leftSection: <Icon size={18} stroke={1.5} color={categoryColor(layers[type].category)} />,
      onClick: () => addPiece({ kind: 'layer', type }),
    }
  })
  const templateItems = templateNames.map(
    (name): SpotlightActionData => ({
      id: `template:${name}`,
      label: templates[name].label,
      description: templateDoc(name),
      leftSection: <IconTemplate size={18} stroke={1.5} />,
      onClick: () => void openTemplate(name, host),
    }),
  )
  const groups: SpotlightActionGroupData[] = [
    { group: t('app.search.commands'), actions: commands },
    { group: t('app.search.layers'), actions: layerItems },
    { group: t('app.search.templates'), actions: templateItems },
  ]
  return (
    <Spotlight
      actions={groups}
      shortcut={null}
      highlightQuery
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      scrollable
      maxHeight={420}
      limit={30}
      nothingFound={t('app.search.none')}
      searchProps={{ placeholder: t('app.search.placeholder'), leftSection: <IconSearch size={18} stroke={1.5} /> }}
      classNames={{ actionsList: css.menu ?? '', action: css.found ?? '', actionDescription: css.foundText ?? '' }}
    />
  )
}
