import { IconBoxMultiple } from '@tabler/icons-react'
import i18next from 'i18next'
import { freshId } from '#shared/graph/graph'
import { change } from '../canvas/change'
import { groupFlowId } from '../canvas/groups'
import { groupEdits } from '../canvas/room'
import { useView } from '../store/view'
import { defineAction } from './action'
import { graphNow, selectedLayers } from './selected'

export const group = defineAction({
  icon: IconBoxMultiple,
  keys: ['g'],
  enabled: () => selectedLayers().length > 0,
  run() {
    const id = freshId(new Set(graphNow().groups.map((g) => g.id)), 'group1')
    const name = i18next.t('app.canvas.newGroup')
    change('group', groupEdits(graphNow(), { id, name, collapsed: false }, selectedLayers()))
    useView.getState().select([groupFlowId(id)])
  },
})
