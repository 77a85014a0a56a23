import { z } from 'zod'
import { create } from 'zustand'
import type { Inference } from '#shared/graph/infer'
import { remember, remembered } from './remembered'

/** What a budget can limit. */
export const costs = ['params', 'macs', 'weights', 'activations'] as const
export type Cost = (typeof costs)[number]

export const batchLimits = { min: 1, max: 65_536 }
const limit = z.number().positive().max(Number.MAX_SAFE_INTEGER).nullable()
const schema = z.object({
  /** Samples at once, for the memory of activations. */
  batch: z.int().min(batchLimits.min).max(batchLimits.max),
  /** Numbers, MACs per sample, bytes of weights, bytes of activations of a batch; null: no limit. */
  params: limit,
  macs: limit,
  weights: limit,
  activations: limit,
})
export type Budget = z.infer<typeof schema>
export const noBudget: Budget = { batch: 1, params: null, macs: null, weights: null, activations: null }

const KEY = 'netloom.budget'

interface BudgetState {
  readonly budget: Budget
  /** Changes limits; what is no sensible value is left as it was. */
  setBudget(change: Partial<Budget>): void
}

/** What a network may cost; kept by the browser, for every network. */
export const useBudget = create<BudgetState>()((set, get) => ({
  budget: remembered(KEY, schema) ?? noBudget,
  setBudget(change) {
    const next = schema.safeParse({ ...get().budget, ...change })
    if (!next.success) return
    remember(KEY, next.data)
    set({ budget: next.data })
  },
}))

export interface Spent {
  readonly value: number
  readonly limit: number | null
  readonly over: boolean
}

/** What a network costs against what it may. */
export function spentOf(totals: Inference['totals'], budget: Budget): Readonly<Record<Cost, Spent>> {
  const against = (value: number, most: number | null): Spent => ({
    value,
    limit: most,
    over: most !== null && value > most,
  })
  return {
    params: against(totals.params.total, budget.params),
    macs: against(totals.macs, budget.macs),
    weights: against(totals.weightBytes, budget.weights),
    activations: against(totals.activationBytes * budget.batch, budget.activations),
  }
}
