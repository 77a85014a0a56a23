import { readFile } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse/sync'
import { err, ok, type Result } from '#shared/result'
import type { TrainerError } from '../protocol'
import { type CsvOptions, parseCsvOptions } from './csvOptions'
import { type DataResult, inMemory } from './dataSet'

interface Row {
  readonly cells: readonly string[]
  /** In the file, from 1. */
  readonly line: number
}
interface Table {
  readonly header: readonly string[] | null
  readonly rows: readonly Row[]
}

/** More distinct whole numbers than this in the label column are read as numbers, not as classes. */
const MAX_CLASSES = 1000

const fail = (message: string) => err({ code: 'invalidData', message } as const)
const isNumber = (cell: string | undefined): boolean =>
  cell !== undefined && cell !== '' && Number.isFinite(Number(cell))

/** A table of numbers with a label column; a row can also be an image (`shape`). Lines that begin with # are comments. */
export async function openCsv(spec: string): Promise<DataResult> {
  const options = parseCsvOptions(spec)
  if (!options.ok) return options
  let text: string
  try {
    text = await readFile(options.value.path, 'utf8')
  } catch (e) {
    const reason = e instanceof Error && 'code' in e && e.code === 'ENOENT' ? 'it does not exist' : 'it cannot be read'
    return fail(`The file ${options.value.path} is not usable: ${reason}. Check the path.`)
  }
  const table = readTable(text, options.value)
  return table.ok ? toDataSet(spec, table.value, options.value) : table
}

function readTable(text: string, { path, header }: CsvOptions): Result<Table, TrainerError> {
  const rows: Row[] = []
  const first = /^(?!#)[^\n]*[,;\t][^\n]*$/m.exec(text)?.[0] ?? ''
  const delimiter = [',', ';', '\t'].find((d) => first.includes(d)) ?? ','
  try {
    parse(text, {
      delimiter,
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
    return fail(`${path} is not a table: ${e.message}.`)
  }
  const [top, next] = rows
  if (!top) return fail(`${path} holds no rows.`)
  const width = top.cells.length
  const ragged = rows.find((row) => row.cells.length !== width)
  if (ragged)
    return fail(
      `${path}, line ${ragged.line}: ${ragged.cells.length} values, but line ${top.line} has ${width}. Every row needs as many.`,
    )
  if (width < 2) return fail(`${path} has one column. A table needs values and a label.`)
  // A header: a cell that is no number above one that is.
  const named =
    header === 'yes' || (header === 'auto' && top.cells.some((c, i) => !isNumber(c) && isNumber(next?.cells[i])))
  return ok({ header: named ? top.cells : null, rows: named ? rows.slice(1) : rows })
}

function labelColumns({ header, rows }: Table, { label, path }: CsvOptions): Result<readonly number[], TrainerError> {
  const width = rows[0]?.cells.length ?? header?.length ?? 0
  const columns: number[] = []
  for (const name of label.split(',')) {
    const named = header?.indexOf(name) ?? -1
    const at =
      name === 'last' ? width - 1 : name === 'first' ? 0 : named >= 0 ? named : isNumber(name) ? Number(name) : -1
    if (!Number.isInteger(at) || at < 0 || at >= width) {
      const known = header
        ? `Its columns are ${header.join(', ')}.`
        : `It has no header; use last, first, or 0 to ${width - 1}.`
      return fail(`${path} has no column ${JSON.stringify(name)} for the label. ${known}`)
    }
    columns.push(at)
  }
  return ok(columns)
}

function toDataSet(spec: string, table: Table, options: CsvOptions): DataResult {
  const { path, scale } = options
  const { header, rows } = table
  const columns = labelColumns(table, options)
  if (!columns.ok) return columns
  const first = rows[0]
  if (!first) return fail(`${path} has a header but no rows.`)
  const labelAt = new Set(columns.value)
  const featureAt = first.cells.map((_, i) => i).filter((i) => !labelAt.has(i))
  const shape = options.shape ?? [featureAt.length]
  if (shape.reduce((a, b) => a * b, 1) !== featureAt.length)
    return fail(
      `${path} has ${featureAt.length} values a row beside the label, but the shape ${shape.join('×')} has ${shape.reduce((a, b) => a * b, 1)}.`,
    )

  const values = new Float32Array(rows.length * featureAt.length)
  let [at, low, high] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { cells, line } of rows)
    for (const i of featureAt) {
      if (!isNumber(cells[i])) return notANumber(path, line, header, i, cells[i])
      const value = Number(cells[i]) / scale
      values[at++] = value
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  const about = {
    spec,
    inputShape: shape,
    range: [low, high > low ? high : low + 1] as const,
    preprocessing: scale === 1 ? 'Values as they stand in the table.' : `Values of the table divided by ${scale}.`,
  }
  const labels = rows.map((row) => row.cells[columns.value[0] ?? 0] ?? '')
  if (!asClasses(labels, columns.value.length, options.task)) {
    const targets = new Float32Array(rows.length * columns.value.length)
    let to = 0
    for (const { cells, line } of rows)
      for (const i of columns.value) {
        if (!isNumber(cells[i])) return notANumber(path, line, header, i, cells[i])
        targets[to++] = Number(cells[i])
      }
    return ok(inMemory(values, targets, { ...about, labels: null, targetSize: columns.value.length, problems: [] }))
  }
  const empty = rows[labels.indexOf('')]
  if (empty) return fail(`${path}, line ${empty.line}: the label is missing. Fill it in or remove the row.`)
  const classes = [...new Set(labels)].sort((a, b) =>
    isNumber(a) && isNumber(b) ? Number(a) - Number(b) : a < b ? -1 : 1,
  )
  if (classes.length < 2)
    return fail(
      `All rows of ${path} are of the class ${classes[0]}. There is nothing to tell apart: choose another label column.`,
    )
  const indices = new Map(classes.map((c, i) => [c, i]))
  const targets = Uint16Array.from(labels, (l) => indices.get(l) ?? 0)
  return ok(
    inMemory(values, targets, {
      ...about,
      labels: classes,
      targetSize: classes.length,
      problems: rarities(classes, targets),
    }),
  )
}

function notANumber(
  path: string,
  line: number,
  header: readonly string[] | null,
  column: number,
  cell: string | undefined,
) {
  const where = header?.[column] === undefined ? `column ${column}` : `column ${header[column]}`
  const what = cell ? `${JSON.stringify(cell)} is not a number` : 'the value is missing'
  return fail(`${path}, line ${line}, ${where}: ${what}. Correct it, or remove the row or the column.`)
}

/** Labels are classes unless there are several, some is a broken number, or there are more than could be classes. */
function asClasses(labels: readonly string[], columns: number, task: CsvOptions['task']): boolean {
  if (task !== 'auto') return task === 'classes'
  if (columns > 1) return false
  if (!labels.every(isNumber)) return true
  return labels.every((l) => Number.isInteger(Number(l))) && new Set(labels).size <= MAX_CLASSES
}

function rarities(classes: readonly string[], targets: Uint16Array): string[] {
  const counts = classes.map(() => 0)
  for (const t of targets) counts[t] = (counts[t] ?? 0) + 1
  return classes.flatMap((c, i) =>
    (counts[i] ?? 0) < 2 ? [`The class ${c} has only one sample: it is in one part of the split only.`] : [],
  )
}
