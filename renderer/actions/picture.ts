import { IconFileTypeSvg, IconPhoto } from '@tabler/icons-react'
import { savePng, saveSvg } from '../canvas/savePicture'
import { defineAction } from './action'
import { graphNow } from './selected'

const drawn = (): boolean => graphNow().nodes.length > 0

export const picturePng = defineAction({ icon: IconPhoto, enabled: drawn, run: savePng })
export const pictureSvg = defineAction({ icon: IconFileTypeSvg, enabled: drawn, run: saveSvg })
