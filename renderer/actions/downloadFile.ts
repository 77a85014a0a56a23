import { IconDownload } from '@tabler/icons-react'
import { download } from '../shell/files'
import { defineAction } from './action'

export const downloadFile = defineAction({ icon: IconDownload, run: download })
