import { IconPlayerStop } from '@tabler/icons-react'
import { useRuns } from '../store/run'
import { stateNow } from '../training/start'
import { defineAction } from './action'

export const stopTraining = defineAction({
  icon: IconPlayerStop,
  enabled: () => stateNow() !== undefined,
  run: ({ host }) => useRuns.getState().stop(host),
})
