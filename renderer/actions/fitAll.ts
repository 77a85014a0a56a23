import { IconZoomScan } from '@tabler/icons-react'
import { defineAction } from './action'

export const fitAll = defineAction({
  icon: IconZoomScan,
  keys: ['1'],
  run: async ({ flow }) => void (await flow.fitView({ padding: 0.1, maxZoom: 1 })),
})
