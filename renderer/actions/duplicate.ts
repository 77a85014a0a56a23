import { IconCopyPlus } from '@tabler/icons-react'
import { addCopy, selectedPart } from '../canvas/clipboard'
import { defineAction } from './action'
import { anySelected } from './selected'

export const duplicate = defineAction({
  icon: IconCopyPlus,
  keys: ['mod+d'],
  enabled: anySelected,
  run: () => addCopy('duplicate', selectedPart()),
})
