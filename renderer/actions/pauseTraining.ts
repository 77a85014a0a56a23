import { IconPlayerPause } from '@tabler/icons-react'
import { useRuns } from '../store/run'
import { stateNow } from '../training/start'
import { defineAction } from './action'

/** Pauses the run under way; a paused one goes on. */
export const pauseTraining = defineAction({
  icon: IconPlayerPause,
  enabled: () => stateNow() !== undefined,
  checked: () => stateNow() === 'paused',
  run: ({ host }) => {
    const { pause, proceed } = useRuns.getState()
    return stateNow() === 'paused' ? proceed(host) : pause(host)
  },
})
