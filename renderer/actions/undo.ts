import { IconArrowBackUp } from '@tabler/icons-react'
import { useDocument } from '../store/document'
import { defineAction } from './action'

export const undo = defineAction({
  icon: IconArrowBackUp,
  keys: ['mod+z'],
  enabled: () => useDocument.getState().undoSteps.length > 0,
  run: () => useDocument.getState().undo(),
})
