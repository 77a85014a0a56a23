import { IconZoomScan } from '@tabler/icons-react'
import { showAll } from '../canvas/camera'
import { defineAction } from './action'

export const fitAll = defineAction({ icon: IconZoomScan, keys: ['1'], run: ({ flow }) => showAll(flow) })
