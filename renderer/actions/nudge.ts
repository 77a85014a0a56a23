import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp } from '@tabler/icons-react'
import { nudgeSelection } from '../canvas/change'
import { type Action, defineAction } from './action'
import { anySelected } from './selected'

/** The canvas's grid, in pixels; with Shift a larger step. */
const [FINE, COARSE] = [4, 20]

const by = (icon: Action['icon'], key: string, x: number, y: number, step = FINE): Action =>
  defineAction({
    icon,
    keys: [key],
    enabled: anySelected,
    run: () => nudgeSelection({ x: x * step, y: y * step }),
  })

export const nudges = {
  nudgeUp: by(IconArrowUp, 'arrowup', 0, -1),
  nudgeDown: by(IconArrowDown, 'arrowdown', 0, 1),
  nudgeLeft: by(IconArrowLeft, 'arrowleft', -1, 0),
  nudgeRight: by(IconArrowRight, 'arrowright', 1, 0),
  nudgeUpFar: by(IconArrowUp, 'shift+arrowup', 0, -1, COARSE),
  nudgeDownFar: by(IconArrowDown, 'shift+arrowdown', 0, 1, COARSE),
  nudgeLeftFar: by(IconArrowLeft, 'shift+arrowleft', -1, 0, COARSE),
  nudgeRightFar: by(IconArrowRight, 'shift+arrowright', 1, 0, COARSE),
}
