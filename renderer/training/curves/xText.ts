import type { TFunction } from 'i18next'
import { exact } from '../../i18n/format'
import { duration } from '../format'
import type { XMode } from './runLines'

/** A place on the horizontal axis in words: a step, an epoch, a time. */
export const showX = (x: number, mode: XMode, t: TFunction): string =>
  mode === 'time' ? duration(x, t) : exact(Number(x.toFixed(mode === 'epoch' ? 2 : 0)))

/** `at step 284`. Empty while the cursor is elsewhere. */
export const cursorText = (x: number | null, mode: XMode, t: TFunction): string =>
  x === null ? '' : t(`training.curves.at.${mode}`, { x: showX(Math.max(x, 0), mode, t) })
