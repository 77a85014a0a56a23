import { ok, type Result } from '#shared/result'
import type { TrainerError } from '../protocol'
import { invalidData } from './files'
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

export function parseCsvOptions(spec: string): Result<CsvOptions, TrainerError> {
  const parsed = parseSpec(spec, names)
  if (!parsed.ok) return parsed
  const { path, options } = parsed.value
  const { label = 'last', shape, scale = '1', header = 'auto', task = 'auto', categorical = '', ignore = '' } = options
  const sizes = shape === undefined ? null : shape.split(/[x×,]/).map(Number)
  if (sizes?.some((n) => !Number.isInteger(n) || n < 1)) return invalidData('optionShape', { received: shape ?? '' })
  const factor = Number(scale)
  if (!Number.isFinite(factor) || factor === 0) return invalidData('optionScale', { received: scale })
  if (header !== 'auto' && header !== 'yes' && header !== 'no') return invalidData('optionHeader', { received: header })
  if (task !== 'auto' && task !== 'classes' && task !== 'numbers') return invalidData('optionTask', { received: task })
  const missing = options.missing ?? 'skip'
  const fill = Number(missing)
  if (missing !== 'skip' && missing !== 'refuse' && (missing === '' || !Number.isFinite(fill)))
    return invalidData('optionMissing', { received: missing })
  const policy = missing === 'skip' || missing === 'refuse' ? missing : fill
  return ok({ path, label, shape: sizes, scale: factor, header, task, missing: policy, categorical, ignore })
}
