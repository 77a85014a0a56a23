import { IconArrowAutofitRight } from '@tabler/icons-react'
import { directionOf } from '#shared/graph/graph'
import { change } from '../canvas/change'
import { turnEdits } from '../canvas/turn'
import { defineAction } from './action'
import { graphNow } from './selected'

/** Whether the drawing flows from left to right instead of from top to bottom; kept with the project. */
export const flowRight = defineAction({
  icon: IconArrowAutofitRight,
  checked: () => directionOf(graphNow()) === 'right',
  run: () => change('direction', turnEdits(graphNow(), directionOf(graphNow()) === 'right' ? 'down' : 'right')),
})
