import type { TrainingConfig } from '../../../training/config'
import type { ScheduleType } from '../../../training/schedules'
import { lines, number } from './settings'

/** The rate after `step` of `steps` steps, in Python. */
const rates: Readonly<Record<ScheduleType, (decay: string) => readonly string[]>> = {
  constant: () => ['    rate = LEARNING_RATE'],
  cosine: () => ['    rate = LEARNING_RATE * cosine(step / steps)'],
  cosineRestarts: () => ['    rate = LEARNING_RATE * cosine(4 * step / steps % 1)'],
  linearCosine: () => ['    rate = LEARNING_RATE * (1 - step / steps) * cosine(step / steps)'],
  noisyLinearCosine: () => [
    '    noise = Random(step, stream=55).normal() * (1 + step) ** (-0.55 / 2)',
    '    rate = LEARNING_RATE * max(0, 1 - step / steps + noise) * cosine(step / steps)',
  ],
  reduceOnPlateau: () => ['    rate = LEARNING_RATE * 0.1**plateaus'],
  rangeTest: () => ['    rate = LEARNING_RATE * 1e-5 ** (1 - step / steps)'],
  polynomial: () => ['    rate = (LEARNING_RATE - 1e-4) * (1 - step / steps) + 1e-4'],
  exponential: (decay) => [`    rate = LEARNING_RATE * ${decay} ** (step / steps)`],
  naturalExponential: (decay) => [`    rate = LEARNING_RATE * math.exp(-${decay} * step / steps)`],
  inverseTime: (decay) => [`    rate = LEARNING_RATE / (1 + ${decay} * step / steps)`],
  piecewise: () => ['    rate = LEARNING_RATE * (1 if step < 0.5 * steps else 0.1 if step < 0.75 * steps else 0.01)'],
  oneCycle: () => [
    '    share = step / steps',
    '    low, high, end = LEARNING_RATE / 25, LEARNING_RATE, LEARNING_RATE / 1e4',
    '    if share < 0.3:',
    '        rate = high + (low - high) * cosine(share / 0.3)',
    '    else:',
    '        rate = end + (high - end) * cosine((share - 0.3) / 0.7)',
  ],
}

/** The function `learning_rate`. */
export function scheduleText({ decayRate, schedule, warmupSteps }: TrainingConfig): string {
  const body = rates[schedule](number(decayRate))
  const last = body.at(-1) ?? ''
  // One formula needs no name.
  const direct = warmupSteps === 0 && last.startsWith('    rate = ')
  const cosine = body.some((line) => line.includes('cosine('))
  return lines(
    cosine && 'def cosine(share: float) -> float:\n    return 0.5 * (1 + math.cos(math.pi * share))\n\n',
    `def learning_rate(step: int, steps: int${schedule === 'reduceOnPlateau' ? ', plateaus: int' : ''}) -> float:`,
    '    """The rate of a step, counted from 0, in a run of so many steps."""',
    ...(direct ? [...body.slice(0, -1), last.replace('rate =', 'return')] : body),
    !direct &&
      (warmupSteps > 0
        ? `    return rate * (step + 1) / ${warmupSteps + 1} if step < ${warmupSteps} else rate`
        : '    return rate'),
  )
}
