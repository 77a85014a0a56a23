import { create } from 'zustand'
import type { XMode } from './runLines'

interface CurveView {
  readonly x: XMode
  readonly logX: boolean
  /** Of losses and learning rates; shares stay as they are. */
  readonly logY: boolean
  /** Weight of the moving average, 0…0.99. */
  readonly smoothing: number
  /** Keys of the lines switched off in the legend. */
  readonly hidden: ReadonlySet<string>
  set(change: Partial<Pick<CurveView, 'x' | 'logX' | 'logY' | 'smoothing'>>): void
  toggle(key: string): void
}

/** How curves are looked at: stays as it is from run to run. */
export const useCurveView = create<CurveView>()((set) => ({
  x: 'step',
  logX: false,
  logY: false,
  smoothing: 0.8,
  hidden: new Set(),
  set: (change) => set(change),
  toggle: (key) =>
    set((s) => {
      const hidden = new Set(s.hidden)
      if (!hidden.delete(key)) hidden.add(key)
      return { hidden }
    }),
}))
