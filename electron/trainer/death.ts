import { readFileSync } from 'node:fs'
import { failure, SAID } from '#shared/training/failures'
import type { TrainerError } from './protocol'

/** How a process ended. */
export interface Death {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** What it said last. */
  readonly printed: string
  /** Whether the system has ended processes for their memory since it began. */
  readonly forMemory: boolean
}

/** Why a process ended without an answer. */
export function deathOf(death: Death): TrainerError {
  const lines = death.printed.trim().split('\n')
  // Node prints an error above the places that it passed through.
  const last = lines.findLast((line) => /^\s*(\w*Error|FATAL)\b/.test(line))?.trim() ?? lines.slice(-3).join(' ')
  const said = last ? `${SAID}${last}` : ''
  const { code, message } = howItEnded(death)
  return { code, message: message + said }
}

function howItEnded({ code, signal, printed, forMemory }: Death): TrainerError {
  if (saysFull(printed) || (signal === 'SIGKILL' && forMemory))
    return { code: 'outOfMemory', message: failure('outOfMemory', {}) }
  const message =
    signal === null
      ? failure('endedWithCode', { code: code ?? 'unknown' })
      : signal === 'SIGKILL'
        ? failure('killed', {})
        : failure('endedBySignal', { signal })
  return { code: 'crashed', message }
}

/** Whether an error, or what a process printed, speaks of full memory: of JavaScript, WebAssembly, TensorFlow or ONNX Runtime. */
export const saysFull = (text: string): boolean =>
  /out of memory|memory access out of bounds|Cannot enlarge memory|allocation failed|(failed to|could not|cannot) allocate|OOM when allocating|bad_?alloc/i.test(
    text,
  )

/** How many processes Linux has ended for their memory since it started, as it tells in `vmstat`; null elsewhere. */
export function endedForMemory(vmstat: string): number | null {
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync(vmstat, 'utf8'))?.[1] ?? Number.NaN)
  } catch {
    return null
  }
}
