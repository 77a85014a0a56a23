import { IconArrowsDiff } from '@tabler/icons-react'
import { useView } from '../store/view'
import { defineAction } from './action'
import { graphNow } from './selected'

export const compare = defineAction({
  icon: IconArrowsDiff,
  enabled: () => graphNow().nodes.length > 0,
  run: () => useView.getState().showDialog('compare'),
})
