import { IconFileExport } from '@tabler/icons-react'
import { saveAs } from '../shell/files'
import { defineAction } from './action'

export const saveFileAs = defineAction({
  icon: IconFileExport,
  keys: ['mod+shift+s'],
  run: async ({ host }) => void (await saveAs(host)),
})
