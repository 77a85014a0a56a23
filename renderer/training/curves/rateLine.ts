import type { TrainingConfig } from '#shared/training/config'
import { rateAt } from '#shared/training/schedules'
import type { Run } from '../../runs/run'
import type { Line } from './line'
import { stepsPerEpoch, type XMode } from './runLines'

/** A schedule is smooth: more points show nothing more. */
const POINTS = 400

/** A rate that never changes needs no curve. */
export const isScheduled = (c: TrainingConfig): boolean => c.schedule !== 'constant' || c.warmupSteps > 0

/** The learning rate at the steps that the run has done, from its settings. */
export function rateLine(run: Run, config: TrainingConfig, mode: XMode, label: string): Line {
  const { step, seconds, length } = run.curves
  const each = stepsPerEpoch(run) || 1
  const { learningRate, schedule, decayRate, warmupSteps } = config
  const state = { learningRate, decayRate, steps: each * run.summary.epochs }
  const count = Math.min(length, POINTS)
  const xs = new Float64Array(count)
  const ys = new Float64Array(count)
  for (let k = 0; k < count; k++) {
    // Evenly over the steps, the last one included.
    const i = count > 1 ? Math.round((k * (length - 1)) / (count - 1)) : 0
    const done = step[i] ?? 0
    xs[k] = mode === 'time' ? (seconds[i] ?? 0) : mode === 'epoch' ? done / each : done
    // The first step is taken at the rate for no steps done.
    ys[k] = rateAt(schedule, { ...state, step: done - 1 }, warmupSteps)
  }
  return { key: 'rate', label, color: 'var(--nl-normalization)', width: 2, points: { xs, ys, length: count } }
}
