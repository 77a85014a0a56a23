import { z } from 'zod'
import { create } from 'zustand'
import { remember, remembered } from './remembered'

/** What the tour points at, in this order. */
export const tourSteps = ['palette', 'canvas', 'inspector', 'status', 'train'] as const
export type TourStep = (typeof tourSteps)[number]

const KEY = 'netloom.tourTaken'

interface TourState {
  /** Null while no tour is under way. */
  readonly step: TourStep | null
  /** Taken or skipped before: it is then no longer offered on the empty canvas. */
  readonly taken: boolean
  start(): void
  /** To a neighbouring step; beyond the last one the tour is over. */
  go(by: 1 | -1): void
  end(): void
}

/** A first look around the window. It begins only when asked for. */
export const useTour = create<TourState>()((set, get) => ({
  step: null,
  taken: remembered(KEY, z.boolean()) ?? false,
  start: () => set({ step: tourSteps[0] }),
  go(by) {
    const { step, end } = get()
    const next = step === null ? undefined : tourSteps[Math.max(tourSteps.indexOf(step) + by, 0)]
    if (next) set({ step: next })
    else end()
  },
  end() {
    remember(KEY, true)
    set({ step: null, taken: true })
  },
}))
