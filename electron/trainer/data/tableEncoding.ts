import { z } from 'zod'
import { ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import type { TrainerError } from '../protocol'
import type { CsvOptions } from './csvOptions'
import { invalidData } from './files'
import { isMissing, isNumber, type Row, type Table } from './table'

/** How the rows of a table become numbers: kept with a run, so that every later row is read as those it learned from. */
export const tableEncodingSchema = z.object({
  /** What the network is given, in order: numbers, or texts as one column of 0 and 1 each. */
  columns: z.array(z.object({ name: z.string(), texts: z.array(z.string()).exactOptional() })),
  /** Where those stood in the table, from 0, and how many columns it had in all. */
  places: z.array(z.number().int().min(0)),
  width: z.number().int().min(0),
  /** The names come from a header; else they are places. */
  named: z.boolean(),
  /** Columns that are predicted, and those that were left out. */
  targets: z.array(z.string()),
  ignored: z.array(z.string()),
  /** Every number is divided by it. */
  scale: z.number(),
  /** Stands for a value that is missing; null: there must be none. */
  missing: z.number().nullable(),
})
export type TableEncoding = z.infer<typeof tableEncodingSchema>

/** A column of more texts than this is a name or a number of the row, not a category. */
const MAX_CATEGORIES = 1000

/** Rows of numbers alone, in the order of the samples' values. */
export const plainEncoding = (width: number, scale = 1): TableEncoding => ({
  columns: Array.from({ length: width }, (_, i) => ({ name: String(i) })),
  places: Array.from({ length: width }, (_, i) => i),
  width,
  named: false,
  targets: [],
  ignored: [],
  scale,
  missing: null,
})

/** Finds out what a table's columns hold. `categorical`: columns of texts, whatever they look like. */
export function encodingOf(
  { header, rows }: Table,
  {
    places,
    targets,
    ignored,
    categorical,
  }: Readonly<Record<'places' | 'targets' | 'ignored' | 'categorical', readonly number[]>>,
  { path, scale, missing }: CsvOptions,
): Result<TableEncoding, TrainerError> {
  const nameOf = (i: number) => header?.[i] ?? String(i)
  const columns: TableEncoding['columns'] = []
  for (const i of places) {
    const given = rows.flatMap(({ cells }) => (isMissing(cells[i]) ? [] : [cells[i] ?? '']))
    // One number among texts is more likely a slip than a category.
    if (!categorical.includes(i) && (given.length === 0 || given.some(isNumber))) columns.push({ name: nameOf(i) })
    else {
      const texts = [...new Set(given)].sort()
      if (texts.length > MAX_CATEGORIES)
        return invalidData('manyTexts', { path, column: nameOf(i), count: texts.length })
      columns.push({ name: nameOf(i), texts })
    }
  }
  return ok({
    columns,
    places: [...places],
    width: rows[0]?.cells.length ?? 0,
    named: header !== null,
    targets: targets.map(nameOf),
    ignored: ignored.map(nameOf),
    scale,
    missing: typeof missing === 'number' ? missing : null,
  })
}

/** How many numbers a row becomes. */
export const encodedWidth = ({ columns }: TableEncoding): number =>
  columns.reduce((sum, { texts }) => sum + (texts?.length ?? 1), 0)

/** What became of columns of texts, in sentences. */
export const describeEncoding = ({ columns, scale }: TableEncoding): string =>
  [
    scale === 1 ? 'Values as they stand in the table.' : `Values of the table divided by ${scale}.`,
    ...columns.flatMap(({ name, texts }) =>
      texts ? [`The column ${name} as ${texts.length} columns of 0 and 1: ${texts.join(', ')}.`] : [],
    ),
  ].join(' ')

export interface Encoded {
  /** Row after row. */
  readonly values: Float32Array
  /** How many values were missing and are filled, and the line of the first. */
  readonly filled: { readonly count: number; readonly line: number }
}

/** Rows as numbers. `places`: where in a row the columns of the encoding stand. `path` is named in messages. */
export function encodeRows(
  rows: readonly Row[],
  places: readonly number[],
  encoding: TableEncoding,
  path: string,
): Result<Encoded, TrainerError> {
  const { columns, scale, missing } = encoding
  const values = new Float32Array(rows.length * encodedWidth(encoding))
  const filled = { count: 0, line: 0 }
  let at = 0
  for (const { cells, line } of rows)
    for (const [k, { name, texts }] of columns.entries()) {
      const cell = cells[places[k] ?? 0]
      const lacking = isMissing(cell) && !texts?.includes(cell ?? '')
      if (lacking && missing === null) return badCell(path, line, name, phrase('valueMissing', {}))
      if (lacking && filled.count++ === 0) filled.line = line
      if (texts) {
        const chosen = texts.indexOf(cell ?? '')
        if (chosen < 0 && !lacking)
          return badCell(path, line, name, phrase('unknownText', { value: JSON.stringify(cell), known: listed(texts) }))
        // A missing text is none of them: 0 everywhere.
        if (chosen >= 0) values[at + chosen] = 1
        at += texts.length
      } else {
        if (!lacking && !isNumber(cell))
          return badCell(path, line, name, phrase('notANumber', { value: JSON.stringify(cell) }))
        values[at++] = lacking ? (missing ?? 0) : Number(cell) / scale
      }
    }
  return ok({ values, filled })
}

export const listed = (names: readonly string[]): string =>
  names.length > 20 ? `${names.slice(0, 20).join(', ')}, …` : names.join(', ')

/** `fault`: a phrase. */
export const badCell = (path: string, line: number, column: string, fault: string) =>
  invalidData('badCell', { path, line, column, fault })
