import { IconGridDots } from '@tabler/icons-react'
import { useView } from '../store/view'
import { defineAction } from './action'

/** Whether layers snap to a grid while they are dragged. */
export const snapToGrid = defineAction({
  icon: IconGridDots,
  checked: () => useView.getState().snap,
  run: () => useView.getState().setSnap(!useView.getState().snap),
})
