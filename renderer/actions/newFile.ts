import { IconFile } from '@tabler/icons-react'
import { newDocument } from '../shell/files'
import { defineAction } from './action'

export const newFile = defineAction({ icon: IconFile, keys: ['alt+n'], run: ({ host }) => newDocument(host) })
