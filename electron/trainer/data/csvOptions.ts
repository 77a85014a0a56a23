import { err, ok, type Result } from '#shared/result'
import type { TrainerError } from '../protocol'
import { parseSpec } from './spec'

export interface CsvOptions {
  readonly path: string
  /** `last`, `first`, a column's name, or its number from 0; several, parted by commas, for several target numbers. */
  readonly label: string
  readonly shape: readonly number[] | null
  /** Every value is divided by it. */
  readonly scale: number
  readonly header: 'auto' | 'yes' | 'no'
  readonly task: 'auto' | 'classes' | 'numbers'
  /** Rows with missing values are left out or refused, or the number is taken for them. */
  readonly missing: 'skip' | 'refuse' | number
  /** Columns as in `label`: read as texts although they hold numbers; not read. */
  readonly categorical: string
  readonly ignore: string
}

const names = ['label', 'shape', 'scale', 'header', 'task', 'missing', 'categorical', 'ignore'] as const
const invalid = (message: string) => err({ code: 'invalidData', message } as const)

export function parseCsvOptions(spec: string): Result<CsvOptions, TrainerError> {
  const parsed = parseSpec(spec, names)
  if (!parsed.ok) return parsed
  const { path, options } = parsed.value
  const { label = 'last', shape, scale = '1', header = 'auto', task = 'auto', categorical = '', ignore = '' } = options
  const sizes = shape === undefined ? null : shape.split(/[x×,]/).map(Number)
  if (sizes?.some((n) => !Number.isInteger(n) || n < 1))
    return invalid(`The option shape wants sizes such as 8x8x1. Received: ${shape}.`)
  const factor = Number(scale)
  if (!Number.isFinite(factor) || factor === 0)
    return invalid(`The option scale wants a number other than 0. Received: ${scale}.`)
  if (header !== 'auto' && header !== 'yes' && header !== 'no')
    return invalid(`The option header wants auto, yes or no. Received: ${header}.`)
  if (task !== 'auto' && task !== 'classes' && task !== 'numbers')
    return invalid(`The option task wants auto, classes or numbers. Received: ${task}.`)
  const missing = options.missing ?? 'skip'
  const fill = Number(missing)
  if (missing !== 'skip' && missing !== 'refuse' && (missing === '' || !Number.isFinite(fill)))
    return invalid(`The option missing wants skip, refuse or a number. Received: ${missing}.`)
  const policy = missing === 'skip' || missing === 'refuse' ? missing : fill
  return ok({ path, label, shape: sizes, scale: factor, header, task, missing: policy, categorical, ignore })
}
