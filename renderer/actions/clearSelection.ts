import { IconDeselect } from '@tabler/icons-react'
import { useView } from '../store/view'
import { defineAction } from './action'
import { anySelected } from './selected'

export const clearSelection = defineAction({
  icon: IconDeselect,
  keys: ['escape'],
  enabled: () => anySelected() || useView.getState().wires.size > 0,
  run: () => useView.getState().select([]),
})
