import type { app as en } from '../en/app'
import type { Texts } from '../texts'

export const app: Texts<typeof en> = {
  name: 'Netloom',
}
