import { IconDeviceFloppy } from '@tabler/icons-react'
import { save } from '../shell/files'
import { defineAction } from './action'

export const saveFile = defineAction({
  icon: IconDeviceFloppy,
  keys: ['mod+s'],
  run: async ({ host }) => void (await save(host)),
})
