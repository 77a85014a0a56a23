import {
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
} from '@tabler/icons-react'
import { type Alignment, type Axis, align, distribute } from '../canvas/align'
import { change, moveEdits } from '../canvas/change'
import { useView } from '../store/view'
import { type Action, defineAction } from './action'
import { graphNow } from './selected'

const selected = (): readonly string[] => [...useView.getState().selection]

const aligned = (icon: Action['icon'], how: Alignment): Action =>
  defineAction({
    icon,
    enabled: () => selected().length > 1,
    run: () => change('move', moveEdits(align(graphNow(), selected(), how))),
  })

const distributed = (icon: Action['icon'], axis: Axis): Action =>
  defineAction({
    icon,
    enabled: () => selected().length > 2,
    run: () => change('move', moveEdits(distribute(graphNow(), selected(), axis))),
  })

export const aligns = {
  alignLeft: aligned(IconLayoutAlignLeft, 'left'),
  alignCenter: aligned(IconLayoutAlignCenter, 'center'),
  alignRight: aligned(IconLayoutAlignRight, 'right'),
  alignTop: aligned(IconLayoutAlignTop, 'top'),
  alignMiddle: aligned(IconLayoutAlignMiddle, 'middle'),
  alignBottom: aligned(IconLayoutAlignBottom, 'bottom'),
  distributeX: distributed(IconLayoutDistributeVertical, 'x'),
  distributeY: distributed(IconLayoutDistributeHorizontal, 'y'),
}
