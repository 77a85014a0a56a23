import type { Run } from '../../runs/run'
import type { Line } from './line'
import { stepXs, type XMode } from './runLines'

/** A rate that never changes needs no curve; older runs have not kept theirs. */
export function rateChanges({ curves: { learningRate, length } }: Run): boolean {
  for (let i = 1; i < length; i++)
    if (learningRate[i] !== learningRate[0] && !Number.isNaN(learningRate[i])) return true
  return false
}

/** The learning rate at which the steps were taken. */
export const rateLine = (run: Run, mode: XMode, label: string): Line => ({
  key: 'rate',
  label,
  color: 'var(--nl-normalization)',
  width: 2,
  points: { xs: stepXs(run, mode), ys: run.curves.learningRate, length: run.curves.length },
})
