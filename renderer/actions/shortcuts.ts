import { IconKeyboard } from '@tabler/icons-react'
import { useView } from '../store/view'
import { defineAction } from './action'

export const shortcuts = defineAction({
  icon: IconKeyboard,
  keys: ['?'],
  run: () => useView.getState().showDialog('shortcuts'),
})
