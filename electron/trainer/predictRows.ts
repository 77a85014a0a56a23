import { ok, type Result } from '#shared/result'
import type { Note } from '#shared/training/notes'
import { splitSpec } from '../dataSpec'
import { parseCsvOptions } from './data/csvOptions'
import { invalidData } from './data/files'
import { isHeaderOf, matchColumns } from './data/matchColumns'
import { isMissing, isNumber, readRows } from './data/table'
import { encodeRows, plainEncoding, type TableEncoding } from './data/tableEncoding'
import type { TrainerError } from './protocol'
import type { RunFile } from './runFile'

/** The rows of a table, one sample after the other, as numbers: encoded as those that the run learned from. Its labels may be there or not. */
export async function readInputs(
  path: string,
  run: RunFile,
): Promise<Result<{ readonly values: Float32Array; readonly notes: readonly Note[] }, TrainerError>> {
  const read = await readRows(path)
  if (!read.ok) return read
  const encoding = run.samples.table ?? olderEncoding(run)
  const [top] = read.value
  const cells = top?.cells ?? []
  // Without names in common, nothing but texts where numbers are to be makes the first row a header.
  const named = isHeaderOf(cells, encoding)
  const matched = matchColumns(named ? cells : null, cells.length, encoding, path)
  if (!matched.ok) return matched
  const { places, notes } = matched.value
  const first = encoding.columns.flatMap(({ texts }, i) => (texts ? [] : [cells[places[i] ?? 0]]))
  const foreign = first.length > 0 && first.every((cell) => !isMissing(cell) && !isNumber(cell))
  const rows = named || foreign ? read.value.slice(1) : read.value
  if (rows.length === 0) return invalidData('noRowsOfValues', { path })
  const encoded = encodeRows(rows, places, encoding, path)
  return encoded.ok ? ok({ values: encoded.value.values, notes }) : encoded
}

/** Of runs on other data than tables, and of those that were kept before tables were: as many numbers as a sample has. */
function olderEncoding({ samples, data }: RunFile): TableEncoding {
  const width = (samples.sourceShape ?? samples.inputShape).reduce((a, b) => a * b, 1)
  const options = splitSpec(data)?.kind === 'csv' ? parseCsvOptions(data) : null
  return plainEncoding(width, options?.ok ? options.value.scale : 1)
}
