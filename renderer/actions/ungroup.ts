import { IconBoxOff } from '@tabler/icons-react'
import { change } from '../canvas/change'
import { groupOfFlowId } from '../canvas/groups'
import { useView } from '../store/view'
import { defineAction } from './action'

const groups = (): readonly string[] => [...useView.getState().selection].flatMap((id) => groupOfFlowId(id) ?? [])

export const ungroup = defineAction({
  icon: IconBoxOff,
  keys: ['shift+g'],
  enabled: () => groups().length > 0,
  run: () =>
    change(
      'ungroup',
      groups().map((id) => ({ type: 'ungroup', id })),
    ),
})
