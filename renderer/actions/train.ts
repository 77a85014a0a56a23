import { IconPlayerPlay } from '@tabler/icons-react'
import { blockedNow, startTraining, stateNow } from '../training/start'
import { defineAction } from './action'

export const train = defineAction({
  icon: IconPlayerPlay,
  keys: ['mod+enter'],
  enabled: () => stateNow() === undefined && blockedNow() === null,
  run: ({ host }) => startTraining(host),
})
