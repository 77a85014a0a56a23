import { CsvError, parse } from 'csv-parse/sync'
import { ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import type { TrainerError } from '../protocol'
import { invalidData, readWhole, unreadable } from './files'

export interface Row {
  readonly cells: readonly string[]
  /** In the file, from 1. */
  readonly line: number
}
export interface Table {
  readonly header: readonly string[] | null
  readonly rows: readonly Row[]
}

export const isNumber = (cell: string | undefined): boolean =>
  cell !== undefined && cell !== '' && Number.isFinite(Number(cell))

/** How tables write that a value is not known. */
export const isMissing = (cell: string | undefined): boolean => /^(|\?|na|n\/a|nan|null)$/i.test(cell ?? '')

/**
 * The rows of a text file, separated by commas, semicolons or tabs; those of the first may be its header. Lines that begin with # are
 * comments. Every row has as many cells as the first.
 */
export async function readRows(path: string): Promise<Result<readonly Row[], TrainerError>> {
  const text = await readText(path)
  if (!text.ok) return text
  const rows: Row[] = []
  const first = /^(?!#)[^\n]*[,;\t][^\n]*$/m.exec(text.value)?.[0] ?? ''
  try {
    parse(text.value, {
      delimiter: [',', ';', '\t'].find((d) => first.includes(d)) ?? ',',
      bom: true,
      trim: true,
      comment: '#',
      comment_no_infix: true,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record(cells: string[], { lines }) {
        rows.push({ cells, line: lines })
        return null
      },
    })
  } catch (e) {
    if (!(e instanceof CsvError)) throw e
    return invalidData('notATable', { path, fault: faultOf(e) })
  }
  const [top] = rows
  if (!top) return invalidData('noRows', { path })
  const width = top.cells.length
  const ragged = rows.find((row) => row.cells.length !== width)
  return ragged
    ? invalidData('raggedRow', {
        path,
        line: ragged.line,
        received: ragged.cells.length,
        first: top.line,
        wanted: width,
      })
    : ok(rows)
}

const quoteFaults = {
  CSV_QUOTE_NOT_CLOSED: 'openQuote',
  INVALID_OPENING_QUOTE: 'strayQuote',
  CSV_INVALID_CLOSING_QUOTE: 'trailingQuote',
} as const

function faultOf(e: CsvError): string {
  for (const [code, what] of Object.entries(quoteFaults))
    if (e.code === code) return phrase(what, { line: Number(e.lines) })
  return e.message.replace(/\.$/, '')
}

/** UTF-8, or what spreadsheets write beside it: UTF-16 with its mark, Windows' western letters. */
async function readText(path: string): Promise<Result<string, TrainerError>> {
  const read = await readWhole(path)
  if (!read.ok) return read
  const bytes = read.value
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return ok(new TextDecoder('utf-16le').decode(bytes))
    if (bytes.includes(0)) return invalidData('binaryTable', { path })
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (e) {
    return e instanceof TypeError ? ok(new TextDecoder('windows-1252').decode(bytes)) : unreadable(path, e)
  }
}
