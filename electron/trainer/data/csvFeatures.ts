import { ok, type Result } from '#shared/result'
import { type Note, note } from '#shared/training/notes'
import type { TrainerError } from '../protocol'
import type { CsvOptions } from './csvOptions'
import { invalidData } from './files'

export interface Row {
  readonly cells: readonly string[]
  /** In the file, from 1. */
  readonly line: number
}
export interface Table {
  readonly header: readonly string[] | null
  readonly rows: readonly Row[]
}

/** A column of more texts than this is a name or a number of the row, not a category. */
const MAX_CATEGORIES = 1000

export const isNumber = (cell: string | undefined): boolean =>
  cell !== undefined && cell !== '' && Number.isFinite(Number(cell))

/** How tables write that a value is not known. */
export const isMissing = (cell: string | undefined): boolean => /^(|\?|na|n\/a|nan|null)$/i.test(cell ?? '')

/** Leaves out rows with missing values where that is the policy. What was left out is a problem to be shown. */
export function completeRows(
  { rows }: Table,
  columns: readonly number[],
  { path, missing }: CsvOptions,
): Result<{ readonly rows: readonly Row[]; readonly problems: readonly Note[] }, TrainerError> {
  if (missing !== 'skip') return ok({ rows, problems: [] })
  const lacks = ({ cells }: Row) => columns.some((i) => isMissing(cells[i]))
  const kept = rows.filter((row) => !lacks(row))
  if (kept.length === rows.length) return ok({ rows, problems: [] })
  if (kept.length === 0)
    return invalidData(`Every row of ${path} lacks a value. Leave out the empty columns with ignore=<column>,<column>.`)
  const lost = rows.filter(lacks).map((row) => row.line)
  const lines = `${lost.slice(0, 5).join(', ')}${lost.length > 5 ? ', …' : ''}`
  return ok({ rows: kept, problems: [note('rowsLeftOut', { count: lost.length, lines })] })
}

export interface Features {
  /** Row after row. */
  readonly values: Float32Array
  readonly width: number
  readonly range: readonly [number, number]
  /** What became of columns of texts, in sentences. */
  readonly notes: readonly string[]
}

/** Numbers divided by `scale`; a column of texts becomes one column per text, 1 where the row has it and 0 elsewhere. */
export function readFeatures(
  { header, rows }: Table,
  columns: readonly number[],
  categorical: readonly number[],
  options: CsvOptions,
): Result<Features, TrainerError> {
  const { path, scale, missing } = options
  const notes: string[] = []
  const kinds = new Map<number, ReadonlyMap<string, number>>()
  let width = 0
  for (const i of columns) {
    const given = rows.flatMap(({ cells }) => (isMissing(cells[i]) ? [] : [cells[i] ?? '']))
    // One number among texts is more likely a slip than a category.
    const texts = categorical.includes(i) || (given.length > 0 && !given.some(isNumber))
    if (!texts) width++
    else {
      const kind = [...new Set(given)].sort()
      if (kind.length > MAX_CATEGORIES)
        return invalidData(
          `${path}, ${columnName(header, i)}: ${kind.length} different texts are no categories. Leave the column out with ignore=${header?.[i] ?? i}.`,
        )
      kinds.set(i, new Map(kind.map((text, at) => [text, at])))
      width += kind.length
      notes.push(`The ${columnName(header, i)} as ${kind.length} columns of 0 and 1: ${kind.join(', ')}.`)
    }
  }
  const values = new Float32Array(rows.length * width)
  let [at, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { cells, line } of rows)
    for (const i of columns) {
      const kind = kinds.get(i)
      if (kind) {
        const chosen = kind.get(cells[i] ?? '')
        if (chosen === undefined && missing === 'refuse') return notANumber(path, line, header, i, cells[i])
        if (chosen !== undefined) values[at + chosen] = 1
        at += kind.size
        ;[low, high] = [Math.min(low, 0), Math.max(high, 1)]
        continue
      }
      const filled = typeof missing === 'number' && isMissing(cells[i])
      if (!filled && !isNumber(cells[i])) return notANumber(path, line, header, i, cells[i])
      const value = filled ? missing : Number(cells[i]) / scale
      values[at++] = value
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  return ok({ values, width, range: [low, high > low ? high : low + 1], notes })
}

const columnName = (header: readonly string[] | null, column: number): string =>
  header?.[column] === undefined ? `column ${column}` : `column ${header[column]}`

export function notANumber(
  path: string,
  line: number,
  header: readonly string[] | null,
  column: number,
  cell: string | undefined,
) {
  const what = isMissing(cell) ? 'the value is missing' : `${JSON.stringify(cell)} is not a number`
  return invalidData(
    `${path}, line ${line}, ${columnName(header, column)}: ${what}. Correct it, or remove the row or the column.`,
  )
}
