import { IconFolderOpen } from '@tabler/icons-react'
import { open } from '../shell/files'
import { defineAction } from './action'

export const openFile = defineAction({ icon: IconFolderOpen, keys: ['mod+o'], run: ({ host }) => open(host) })
