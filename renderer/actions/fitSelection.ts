import { IconZoomInArea } from '@tabler/icons-react'
import { showNodes } from '../canvas/camera'
import { useView } from '../store/view'
import { defineAction } from './action'
import { anySelected } from './selected'

export const fitSelection = defineAction({
  icon: IconZoomInArea,
  keys: ['2'],
  enabled: anySelected,
  run: ({ flow }) => showNodes(flow, useView.getState().selection, 1.5),
})
