import { readFile } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse/sync'
import { err, ok, type Result } from '#shared/result'
import type { TrainerError } from '../protocol'
import { classProblems } from './classes'
import { completeRows, isMissing, isNumber, notANumber, type Row, readFeatures, type Table } from './csvFeatures'
import { type CsvOptions, parseCsvOptions } from './csvOptions'
import { type DataResult, inMemory } from './dataSet'

/** More distinct whole numbers than this in the label column are read as numbers, not as classes. */
const MAX_CLASSES = 1000

const fail = (message: string) => err({ code: 'invalidData', message } as const)

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

/** The numbers of columns that are named, or given by place. `use` says in a message what for. */
function columnsOf(
  { header, rows }: Table,
  names: string,
  use: string,
  path: string,
): Result<readonly number[], TrainerError> {
  const width = rows[0]?.cells.length ?? header?.length ?? 0
  const columns: number[] = []
  for (const name of names.split(',')) {
    const named = header?.indexOf(name) ?? -1
    const at =
      name === 'last' ? width - 1 : name === 'first' ? 0 : named >= 0 ? named : isNumber(name) ? Number(name) : -1
    if (!Number.isInteger(at) || at < 0 || at >= width) {
      const known = header
        ? `Its columns are ${header.join(', ')}.`
        : `It has no header; use last, first, or 0 to ${width - 1}.`
      return fail(`${path} has no column ${JSON.stringify(name)} for ${use}. ${known}`)
    }
    columns.push(at)
  }
  return ok(columns)
}

function toDataSet(spec: string, table: Table, options: CsvOptions): DataResult {
  const { path, scale } = options
  const { header } = table
  const columns = columnsOf(table, options.label, 'the label', path)
  if (!columns.ok) return columns
  const ignored = options.ignore === '' ? ok([]) : columnsOf(table, options.ignore, 'the option ignore', path)
  if (!ignored.ok) return ignored
  const texts =
    options.categorical === '' ? ok([]) : columnsOf(table, options.categorical, 'the option categorical', path)
  if (!texts.ok) return texts
  const apart = new Set([...columns.value, ...ignored.value])
  const featureAt = (table.rows[0]?.cells ?? []).map((_, i) => i).filter((i) => !apart.has(i))
  if (table.rows.length === 0) return fail(`${path} has a header but no rows.`)
  if (featureAt.length === 0) return fail(`${path} has no columns left beside the label.`)
  const complete = completeRows(table, [...featureAt, ...columns.value], options)
  if (!complete.ok) return complete
  const { rows } = complete.value
  const features = readFeatures({ header, rows }, featureAt, texts.value, options)
  if (!features.ok) return features
  const { values, width, range, notes } = features.value
  const shape = options.shape ?? [width]
  const wanted = shape.reduce((a, b) => a * b, 1)
  if (wanted !== width)
    return fail(`${path} has ${width} values a row beside the label, but the shape ${shape.join('×')} has ${wanted}.`)
  const numbers = scale === 1 ? 'Values as they stand in the table.' : `Values of the table divided by ${scale}.`
  const about = { spec, inputShape: shape, range, preprocessing: [numbers, ...notes].join(' ') }
  const lost = complete.value.problems
  const labels = rows.map((row) => row.cells[columns.value[0] ?? 0] ?? '')
  if (!asClasses(labels, columns.value.length, options.task)) {
    const targets = new Float32Array(rows.length * columns.value.length)
    let to = 0
    for (const { cells, line } of rows)
      for (const i of columns.value) {
        if (!isNumber(cells[i])) return notANumber(path, line, header, i, cells[i])
        targets[to++] = Number(cells[i])
      }
    return ok(inMemory(values, targets, { ...about, labels: null, targetSize: columns.value.length, problems: lost }))
  }
  const empty = rows[labels.findIndex(isMissing)]
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
      problems: [...lost, ...classProblems(classes, targets)],
    }),
  )
}

/** Labels are classes unless there are several, some is a broken number, or there are more than could be classes. */
function asClasses(labels: readonly string[], columns: number, task: CsvOptions['task']): boolean {
  if (task !== 'auto') return task === 'classes'
  if (columns > 1) return false
  if (!labels.every(isNumber)) return true
  return labels.every((l) => Number.isInteger(Number(l))) && new Set(labels).size <= MAX_CLASSES
}
