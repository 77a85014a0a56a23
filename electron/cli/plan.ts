import type { Plan, Trial } from '#shared/training/plan'
import { bytes, count, span } from './figures'

/** Engines that were tried or passed over, one a line; none where nothing was. */
export function trialLines({ trials, remembered }: Plan): readonly string[] {
  if (trials.every((t) => t.outcome === 'short')) return []
  const title = remembered ? 'Engines, as measured before:' : 'Engines, measured on this network:'
  return [title, ...trials.map((t) => `  ${t.engine.padEnd(12)}${outcomes[t.outcome](t)}`)]
}

const speed = ({ samplesPerSecond }: Trial): string =>
  samplesPerSecond === undefined ? '' : `${count(samplesPerSecond)} samples/s`
const outcomes: Readonly<Record<Trial['outcome'], (trial: Trial) => string>> = {
  measured: speed,
  slower: () => 'cannot be as fast',
  short: () => 'not measured: the run is short',
  differs: () => 'passed over: its first loss is not that of the others',
  tooLarge: (trial) => `${speed(trial)}, but the batch does not fit into its memory`,
  failed: ({ reason }) => `passed over: ${reason}`,
}

/** `Expected: 1.2 s per epoch, 236 MB of 24.5 GB memory; a batch of up to 4,800 fits.` */
export function expectation({ secondsPerEpoch, memory, available, largestBatch }: Plan): string {
  const time = secondsPerEpoch === null ? [] : [`${span(secondsPerEpoch)} per epoch`]
  const room = `${bytes(memory)} of ${bytes(available)} memory`
  const fits = largestBatch > 0 ? `a batch of up to ${count(largestBatch)} fits` : 'not even one sample fits'
  return `Expected: ${[...time, room].join(', ')}; ${fits}.`
}

/** All of it, for who asks before a run. */
export const showPlan = (plan: Plan): string =>
  [...trialLines(plan), `Engine: ${plan.engine}`, expectation(plan)].join('\n')
