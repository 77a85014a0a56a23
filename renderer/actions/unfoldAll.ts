import { IconFoldDown } from '@tabler/icons-react'
import { foldAllGroups } from '../canvas/fold'
import { defineAction } from './action'
import { graphNow } from './selected'

export const unfoldAll = defineAction({
  icon: IconFoldDown,
  enabled: () => graphNow().groups.some((g) => g.collapsed),
  run: () => foldAllGroups(false),
})
