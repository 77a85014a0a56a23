import { IconCpu } from '@tabler/icons-react'
import { useView } from '../store/view'
import { defineAction } from './action'

export const engines = defineAction({
  icon: IconCpu,
  run: () => useView.getState().showDialog('engines'),
})
