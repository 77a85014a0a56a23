import { IconRoute } from '@tabler/icons-react'
import { useTour } from '../store/tour'
import { defineAction } from './action'

export const tour = defineAction({ icon: IconRoute, run: () => useTour.getState().start() })
