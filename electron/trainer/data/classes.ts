import { ok, type Result } from '#shared/result'
import { type Note, note } from '#shared/training/notes'
import type { TrainerError } from '../protocol'
import { invalidData } from './files'

/** More classes than this are taken for a mistake: numbers, or the wrong file. */
const MAX_CLASSES = 10_000

/** Classes that differ so many times in size are worth a word. */
const IMBALANCE = 10

export interface Classes {
  readonly labels: readonly string[]
  readonly targets: Uint16Array
}

/** Whole numbers from 0 as classes: as many as the largest number says. `path` is the file that they come from. */
export function classesOf(numbers: ArrayLike<number>, path: string): Result<Classes, TrainerError> {
  let top = 0
  const seen = new Set<number>()
  for (let i = 0; i < numbers.length; i++) {
    const n = numbers[i] ?? 0
    if (!Number.isInteger(n) || n < 0 || n >= MAX_CLASSES)
      return invalidData('badLabel', { path, index: i, label: n, max: MAX_CLASSES - 1 })
    seen.add(n)
    if (n > top) top = n
  }
  if (seen.size < 2) return invalidData('oneClass', { path, label: numbers[0] ?? 'missing' })
  return ok({ labels: Array.from({ length: top + 1 }, (_, i) => String(i)), targets: Uint16Array.from(numbers) })
}

/** Deviations or means of numbers to predict beyond this are hard to learn for a network whose weights begin small. */
const WIDE = 100

/** Numbers to predict that are so large that training is slow; `size` of them per sample. */
export function numberProblems(targets: Float32Array, size: number): Note[] {
  for (let column = 0; column < size; column++) {
    const own = targets.filter((_, i) => i % size === column)
    const mean = own.reduce((a, b) => a + b, 0) / own.length
    const std = Math.sqrt(own.reduce((a, b) => a + (b - mean) ** 2, 0) / own.length)
    const short = (v: number) => Number(v.toPrecision(3))
    if (Math.max(Math.abs(mean), std) > WIDE) return [note('wideTargets', { mean: short(mean), std: short(std) })]
  }
  return []
}

/** Classes that a network cannot learn or cannot be measured on, and a share of one that makes accuracy say little. */
export function classProblems(labels: readonly string[], targets: ArrayLike<number>): Note[] {
  const counts = labels.map(() => 0)
  for (let i = 0; i < targets.length; i++) counts[targets[i] ?? 0] = (counts[targets[i] ?? 0] ?? 0) + 1
  const problems = labels.flatMap((label, i) => {
    if (counts[i] === 0) return [note('emptyClass', { label })]
    return counts[i] === 1 ? [note('loneSample', { label })] : []
  })
  const present = counts.filter((n) => n > 0)
  const [least, most] = [Math.min(...present), Math.max(...present)]
  if (most >= IMBALANCE * least) {
    const name = (n: number) => labels[counts.indexOf(n)] ?? ''
    problems.push(note('imbalance', { most: name(most), times: Math.round(most / least), least: name(least) }))
  }
  return problems
}
