import { IconZoomInArea } from '@tabler/icons-react'
import { useView } from '../store/view'
import { defineAction } from './action'
import { anySelected } from './selected'

export const fitSelection = defineAction({
  icon: IconZoomInArea,
  keys: ['2'],
  enabled: anySelected,
  async run({ flow }) {
    const nodes = [...useView.getState().selection].map((id) => ({ id }))
    await flow.fitView({ nodes, padding: 0.2, maxZoom: 1.5 })
  },
})
