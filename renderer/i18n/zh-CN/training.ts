import type { training as en } from '../en/training'
import type { Texts } from '../texts'

export const training: Texts<typeof en> = {
  title: '训练',
}
