import { readFile } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse/sync'
import { ok, type Result } from '#shared/result'
import { splitSpec } from '../dataSpec'
import { parseCsvOptions } from './data/csvOptions'
import { invalidData, unreadable } from './data/files'
import type { TrainerError } from './protocol'

/** The rows of a table without labels, one sample after the other, scaled as the run's table was (`data` is the run's reference). */
export async function readRows(
  path: string,
  shape: readonly number[],
  data: string,
): Promise<Result<Float32Array, TrainerError>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (e) {
    return unreadable(path, e)
  }
  const options = splitSpec(data)?.kind === 'csv' ? parseCsvOptions(data) : null
  if (options && !options.ok) return options
  const scale = options?.value.scale ?? 1
  const rows = parseRows(text)
  if (typeof rows === 'string') return invalidData(`${path} is neither a picture nor a table: ${rows}.`)
  // A cell that is no number in the first row makes it a header.
  const body = rows[0]?.cells.every((cell) => cell !== '' && Number.isFinite(Number(cell))) ? rows : rows.slice(1)
  if (body.length === 0) return invalidData(`${path} holds no rows of numbers.`)
  const width = shape.reduce((a, b) => a * b, 1)
  const values = new Float32Array(body.length * width)
  for (const [i, { cells, line }] of body.entries()) {
    if (cells.length !== width)
      return invalidData(
        `${path}, line ${line}: ${cells.length} values, but the run takes ${width} per row (${shape.join('×')}). Give its inputs only, without labels.`,
      )
    for (const [k, cell] of cells.entries()) {
      const value = cell === '' ? Number.NaN : Number(cell)
      if (!Number.isFinite(value))
        return invalidData(`${path}, line ${line}, column ${k}: ${JSON.stringify(cell)} is not a number. Correct it.`)
      values[i * width + k] = value / scale
    }
  }
  return ok(values)
}

interface Row {
  readonly cells: readonly string[]
  /** In the file, from 1. */
  readonly line: number
}

/** Rows, or what is wrong. Lines that begin with # are comments. */
function parseRows(text: string): readonly Row[] | string {
  const first = /^(?!#)[^\n]*[,;\t][^\n]*$/m.exec(text)?.[0] ?? ''
  const rows: Row[] = []
  try {
    parse(text, {
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
    if (e instanceof CsvError) return e.message
    throw e
  }
  return rows
}
