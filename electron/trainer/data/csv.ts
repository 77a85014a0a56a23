import { ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { type Note, note } from '#shared/training/notes'
import type { TrainerError } from '../protocol'
import { classProblems, numberProblems } from './classes'
import { type CsvOptions, parseCsvOptions } from './csvOptions'
import { type DataResult, inMemory } from './dataSet'
import { invalidData } from './files'
import { matchColumns } from './matchColumns'
import { isMissing, isNumber, type Row, readRows, type Table } from './table'
import { badCell, describeEncoding, encodedWidth, encodeRows, encodingOf, type TableEncoding } from './tableEncoding'

/** More distinct whole numbers than this in the label column are read as numbers, not as classes. */
const MAX_CLASSES = 1000

/**
 * A table of numbers and texts with a label column; a row can also be an image (`shape`). With `encoding`, that of a run, its columns
 * become numbers as those of the run's table did.
 */
export async function openCsv(spec: string, encoding?: TableEncoding): Promise<DataResult> {
  const options = parseCsvOptions(spec)
  if (!options.ok) return options
  const rows = await readRows(options.value.path)
  if (!rows.ok) return rows
  const table = withHeader(rows.value, options.value)
  return table.ok ? toDataSet(spec, table.value, options.value, encoding) : table
}

function withHeader(rows: readonly Row[], { path, header }: CsvOptions): Result<Table, TrainerError> {
  const [top, next] = rows
  const cells = top?.cells ?? []
  if (cells.length < 2) return invalidData('oneColumn', { path })
  // A header: a cell that is no number above one that is.
  const named =
    header === 'yes' || (header === 'auto' && cells.some((c, i) => !isNumber(c) && isNumber(next?.cells[i])))
  const body = named ? rows.slice(1) : rows
  if (body.length === 0 || (header === 'auto' && rows.length === 1 && !cells.some(isNumber)))
    return invalidData('onlyHeader', { path })
  return ok({ header: named ? cells : null, rows: body })
}

/** The numbers of columns that are named, or given by place; none for ''. `use` says in a message what for. */
function columnsOf(
  { header, rows }: Table,
  names: string,
  use: string,
  path: string,
): Result<readonly number[], TrainerError> {
  const width = rows[0]?.cells.length ?? 0
  const columns: number[] = []
  for (const name of names === '' ? [] : names.split(',')) {
    const named = header?.indexOf(name) ?? -1
    const at =
      name === 'last' ? width - 1 : name === 'first' ? 0 : named >= 0 ? named : isNumber(name) ? Number(name) : -1
    if (!Number.isInteger(at) || at < 0 || at >= width) {
      const wanted = { path, column: JSON.stringify(name), use }
      return header
        ? invalidData('noColumn', { ...wanted, known: header.join(', ') })
        : invalidData('noColumnAt', { ...wanted, last: width - 1 })
    }
    columns.push(at)
  }
  return ok(columns)
}

function toDataSet(spec: string, table: Table, options: CsvOptions, known?: TableEncoding): DataResult {
  const { path } = options
  const targets = columnsOf(table, options.label, phrase('asLabel', {}), path)
  if (!targets.ok) return targets
  const ignored = columnsOf(table, options.ignore, phrase('asOption', { name: 'ignore' }), path)
  if (!ignored.ok) return ignored
  const categorical = columnsOf(table, options.categorical, phrase('asOption', { name: 'categorical' }), path)
  if (!categorical.ok) return categorical
  const apart = new Set([...targets.value, ...ignored.value])
  const left = (table.rows[0]?.cells ?? []).map((_, i) => i).filter((i) => !apart.has(i))
  if (left.length === 0) return invalidData('noColumnLeft', { path })
  const matched = known ? matchColumns(table.header, left.length, known, path, left) : ok({ places: left, notes: [] })
  if (!matched.ok) return matched
  const { places, notes } = matched.value
  const complete = completeRows(table, [...places, ...targets.value], options)
  if (!complete.ok) return complete
  const { rows } = complete.value
  const roles = { places, targets: targets.value, ignored: ignored.value, categorical: categorical.value }
  const encoding = known ? ok(known) : encodingOf({ header: table.header, rows }, roles, options)
  if (!encoding.ok) return encoding
  const encoded = encodeRows(rows, places, encoding.value, path)
  if (!encoded.ok) return encoded
  const { values, filled } = encoded.value
  const width = encodedWidth(encoding.value)
  const shape = options.shape ?? [width]
  const wanted = shape.reduce((a, b) => a * b, 1)
  if (wanted !== width) return invalidData('rowShape', { path, received: width, shape: shape.join('×'), wanted })
  const problems: Note[] = [...notes, ...complete.value.problems]
  const { count, line } = filled
  if (count > 0) problems.push(note('valuesFilled', { value: encoding.value.missing ?? 0, count, line }))
  const about = {
    spec,
    inputShape: shape,
    range: rangeOf(values),
    preprocessing: describeEncoding(encoding.value),
    table: encoding.value,
  }
  const numbers = numbersOf(rows, targets.value, table.header, options)
  if (numbers && !numbers.ok) return numbers
  if (numbers) {
    const targetSize = targets.value.length
    problems.push(...numberProblems(numbers.value, targetSize))
    return ok(inMemory(values, numbers.value, { ...about, labels: null, targetSize, problems }))
  }
  const classes = classesOf(rows, targets.value[0] ?? 0, path)
  if (!classes.ok) return classes
  const { labels, indices } = classes.value
  problems.push(...classProblems(labels, indices))
  return ok(inMemory(values, indices, { ...about, labels, targetSize: labels.length, problems }))
}

/** Leaves out rows with missing values where that is the policy. What was left out is a problem to be shown. */
function completeRows({ rows }: Table, columns: readonly number[], { path, missing }: CsvOptions) {
  if (missing !== 'skip') return ok({ rows, problems: [] })
  const lacks = ({ cells }: Row) => columns.some((i) => isMissing(cells[i]))
  const kept = rows.filter((row) => !lacks(row))
  if (kept.length === rows.length) return ok({ rows, problems: [] })
  if (kept.length === 0) return invalidData('noWholeRow', { path })
  const lost = rows.filter(lacks).map((row) => row.line)
  const lines = `${lost.slice(0, 5).join(', ')}${lost.length > 5 ? ', …' : ''}`
  return ok({ rows: kept, problems: [note('rowsLeftOut', { count: lost.length, lines })] })
}

/** The target columns as numbers, row after row; null where they are classes. */
function numbersOf(
  rows: readonly Row[],
  columns: readonly number[],
  header: Table['header'],
  { path, task }: CsvOptions,
): Result<Float32Array, TrainerError> | null {
  if (asClasses(rows, columns, task)) return null
  const targets = new Float32Array(rows.length * columns.length)
  let to = 0
  for (const { cells, line } of rows)
    for (const i of columns) {
      if (!isNumber(cells[i])) {
        const fault = isMissing(cells[i])
          ? phrase('valueMissing', {})
          : phrase('notANumber', { value: JSON.stringify(cells[i]) })
        return badCell(path, line, header?.[i] ?? String(i), fault)
      }
      targets[to++] = Number(cells[i])
    }
  return ok(targets)
}

/** Labels are classes unless there are several, some is a broken number, or there are more than could be classes. */
function asClasses(rows: readonly Row[], columns: readonly number[], task: CsvOptions['task']): boolean {
  if (task !== 'auto') return task === 'classes'
  if (columns.length > 1) return false
  const labels = rows.map(({ cells }) => cells[columns[0] ?? 0])
  if (!labels.every(isNumber)) return true
  return labels.every((l) => Number.isInteger(Number(l))) && new Set(labels).size <= MAX_CLASSES
}

function classesOf(rows: readonly Row[], column: number, path: string) {
  const given = rows.map(({ cells }) => cells[column] ?? '')
  const empty = rows[given.findIndex(isMissing)]
  if (empty) return invalidData('noLabel', { path, line: empty.line })
  const labels = [...new Set(given)].sort((a, b) =>
    isNumber(a) && isNumber(b) ? Number(a) - Number(b) : a < b ? -1 : 1,
  )
  if (labels.length < 2) return invalidData('oneClassOfRows', { path, label: labels[0] ?? '' })
  const places = new Map(labels.map((label, i) => [label, i]))
  return ok({ labels, indices: Uint16Array.from(given, (label) => places.get(label) ?? 0) })
}

function rangeOf(values: Float32Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const v of values) {
    low = Math.min(low, v)
    high = Math.max(high, v)
  }
  return [low, high > low ? high : low + 1]
}
