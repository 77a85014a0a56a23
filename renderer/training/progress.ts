import type { Run } from '../runs/run'
import { stepsPerEpoch } from './curves/runLines'

export interface Progress {
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  /** 0 while it is not known. */
  readonly steps: number
  /** 0…1. */
  readonly fraction: number
  readonly seconds: number
  /** Null when nothing is left, nothing can be said yet, or the run waits. */
  readonly secondsLeft: number | null
  readonly valLoss: number | null
  readonly valAccuracy: number | null
}

/** How far a run has come, from its curves. */
export function progressOf(run: Run): Progress {
  const { curves, summary } = run
  const at = curves.length - 1
  const last = curves.epochs.at(-1)
  const step = Math.max(curves.step[at] ?? 0, last?.step ?? 0)
  const seconds = Math.max(curves.seconds[at] ?? 0, last?.seconds ?? 0)
  const each = stepsPerEpoch(run)
  const steps = each * summary.epochs
  const done = summary.state === 'completed'
  return {
    epoch: Math.min(each > 0 ? Math.max(Math.ceil(step / each), 1) : (last?.epoch ?? 0) + 1, summary.epochs),
    epochs: summary.epochs,
    step,
    steps,
    fraction: done ? 1 : steps > 0 ? Math.min(step / steps, 1) : 0,
    seconds,
    secondsLeft: summary.state === 'running' && step > 0 && steps > step ? (seconds / step) * (steps - step) : null,
    valLoss: last?.valLoss ?? null,
    valAccuracy: last?.valAccuracy ?? null,
  }
}
