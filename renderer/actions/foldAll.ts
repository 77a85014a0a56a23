import { IconFold } from '@tabler/icons-react'
import { foldAllGroups } from '../canvas/fold'
import { defineAction } from './action'
import { graphNow } from './selected'

export const foldAll = defineAction({
  icon: IconFold,
  enabled: () => graphNow().groups.some((g) => !g.collapsed),
  run: () => foldAllGroups(true),
})
