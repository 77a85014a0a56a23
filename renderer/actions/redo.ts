import { IconArrowForwardUp } from '@tabler/icons-react'
import { useDocument } from '../store/document'
import { defineAction } from './action'

export const redo = defineAction({
  icon: IconArrowForwardUp,
  keys: ['mod+shift+z', 'mod+y'],
  enabled: () => useDocument.getState().redoSteps.length > 0,
  run: () => useDocument.getState().redo(),
})
