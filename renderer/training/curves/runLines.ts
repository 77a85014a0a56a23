import type { EpochEvent } from '#shared/training/run'
import { isRunning, type Run } from '../../runs/run'
import type { Curves } from './curves'
import type { Points } from './decimate'
import type { Line } from './line'
import { Smoothed } from './smooth'

export const xModes = ['step', 'epoch', 'time'] as const
export type XMode = (typeof xModes)[number]
export type Metric = 'loss' | 'accuracy'
/** What a chart can show of a run. */
export type Quantity = Metric | 'learningRate'

export const metricColor: Readonly<Record<Metric, string>> = {
  loss: 'var(--nl-activation)',
  accuracy: 'var(--nl-convolution)',
}

/** Steps in an epoch: as reported at the start, else from the first epoch; 0 where neither is known yet. */
export const stepsPerEpoch = (run: Run): number =>
  run.started?.stepsPerEpoch || Math.round((run.curves.epochs[0]?.step ?? 0) / (run.curves.epochs[0]?.epoch ?? 1))

/** Where the steps stand on the horizontal axis. */
export function stepXs(run: Run, mode: XMode): ArrayLike<number> {
  const { step, seconds, length } = run.curves
  if (mode === 'step') return step
  if (mode === 'time') return seconds
  const each = stepsPerEpoch(run) || 1
  return step.subarray(0, length).map((s) => s / each)
}

export const epochX: Readonly<Record<XMode, 'step' | 'epoch' | 'seconds'>> = {
  step: 'step',
  epoch: 'epoch',
  time: 'seconds',
}

const smoothed = new WeakMap<Curves, Map<string, Smoothed>>()
function smooth(curves: Curves, key: string, values: Float64Array, weight: number): Float64Array {
  const kept = smoothed.get(curves) ?? new Map<string, Smoothed>()
  smoothed.set(curves, kept)
  let s = kept.get(key)
  if (s?.weight !== weight) {
    s = new Smoothed(weight)
    kept.set(key, s)
  }
  s.extend(values, curves.length)
  return s.values
}

const validation = { loss: 'valLoss', accuracy: 'valAccuracy' } as const

function epochPoints(run: Run, mode: XMode, pick: (e: EpochEvent) => number | null | undefined): Points {
  const { epochs } = run.curves
  return {
    xs: epochs.map((e) => e[epochX[mode]]),
    ys: epochs.map((e) => pick(e) ?? Number.NaN),
    length: epochs.length,
  }
}

const noValues = new Float64Array(0)

/**
 * A run's curves of one metric: raw values faint behind the smoothed line, validation dashed, all of one hue. `output`: of that output
 * alone, in networks of several.
 */
export function runLines(
  run: Run,
  mode: XMode,
  metric: Metric,
  weight: number,
  labels: { readonly train: string; readonly validation: string },
  output: number | null = null,
): readonly Line[] {
  const { curves } = run
  const values = output === null ? curves[metric] : (curves.losses[output] ?? noValues)
  const trainOf = (e: EpochEvent) => (output === null ? e[metric] : e.losses?.[output])
  const heldOf = (e: EpochEvent) => (output === null ? e[validation[metric]] : e.valLosses?.[output])
  const color = metricColor[metric]
  const xs = stepXs(run, mode)
  const of = (ys: ArrayLike<number>): Points => ({ xs, ys, length: curves.length })
  // An old run may have kept its epochs only.
  const kept = curves.length > 0 || isRunning(run)
  const train: Line = {
    key: 'train',
    label: labels.train,
    color,
    width: 2,
    dots: !kept,
    points: kept ? of(smooth(curves, `${metric} ${output}`, values, weight)) : epochPoints(run, mode, trainOf),
  }
  const raw: Line = { key: 'raw', label: null, color, width: 1, alpha: 0.25, points: of(values) }
  const held: Line = {
    key: 'validation',
    label: labels.validation,
    color,
    width: 2,
    dash: [6, 4],
    dots: true,
    points: epochPoints(run, mode, heldOf),
  }
  return weight > 0 && kept ? [raw, train, held] : [train, held]
}

/** The last x of any line; 0 without points. */
export function lastX(lines: readonly Line[]): number {
  return lines.reduce(
    (max, { points }) => Math.max(max, points.length > 0 ? (points.xs[points.length - 1] ?? 0) : 0),
    0,
  )
}

/** The first x of any line that a logarithmic axis can show; below `end`, which stands for no points. */
export function firstX(lines: readonly Line[], end: number): number {
  const firsts = lines.flatMap(({ points: { xs, length } }) => {
    for (let i = 0; i < length; i++) if ((xs[i] ?? 0) > 0) return [xs[i] ?? 0]
    return []
  })
  return Math.min(...firsts, end / 10)
}

/** Does the run tell how often it is right, or only a loss? */
export function hasAccuracy({ curves }: Run): boolean {
  if (curves.epochs.some((e) => e.accuracy !== null || e.valAccuracy !== null)) return true
  return curves.accuracy.subarray(0, curves.length).some((a) => !Number.isNaN(a))
}
