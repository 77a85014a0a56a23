import { IconSitemap } from '@tabler/icons-react'
import { arrangeAll } from '../canvas/arrange'
import { defineAction } from './action'
import { graphNow } from './selected'

export const arrange = defineAction({
  icon: IconSitemap,
  keys: ['shift+a'],
  enabled: () => graphNow().nodes.length > 1,
  run: arrangeAll,
})
