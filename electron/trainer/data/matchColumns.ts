import { ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { type Note, note } from '#shared/training/notes'
import type { TrainerError } from '../protocol'
import { invalidData } from './files'
import { listed, type TableEncoding } from './tableEncoding'

/** So many columns that are not used are named. */
const NAMED = 5

export interface Matched {
  /** Where in a row the columns of the encoding stand. */
  readonly places: readonly number[]
  readonly notes: readonly Note[]
}

/** Could this row be the header of such a table? */
export const isHeaderOf = (cells: readonly string[], { named, columns }: TableEncoding): boolean =>
  named && columns.some(({ name }) => cells.includes(name))

/**
 * Finds a run's columns in another table: by name where both have headers, else by place, in a table of the inputs alone or of all the
 * columns there were. `inputs` says where the columns stand that are not apart; all do by default.
 */
export function matchColumns(
  header: readonly string[] | null,
  width: number,
  encoding: TableEncoding,
  path: string,
  inputs?: readonly number[],
): Result<Matched, TrainerError> {
  const names = encoding.columns.map(({ name }) => name)
  if (header && isHeaderOf(header, encoding) && new Set(names).size === names.length) {
    const places = names.map((name) => header.indexOf(name))
    const lacking = names.filter((_, i) => places[i] === -1)
    if (lacking.length > 0)
      return invalidData(lacking.length === 1 ? 'lacksColumn' : 'lacksColumns', {
        path,
        lacking: listed(lacking),
        wanted: listed(names),
      })
    const expected = new Set([...names, ...encoding.targets, ...encoding.ignored])
    const unused = header.filter((name) => !expected.has(name))
    return ok({ places, notes: unused.slice(0, NAMED).map((column) => note('columnUnused', { column })) })
  }
  if (width === names.length) return ok({ places: inputs ?? names.map((_, i) => i), notes: [] })
  if (!inputs && width === encoding.width) return ok({ places: encoding.places, notes: [] })
  const count = names.length
  const what = encoding.named ? phrase('columnsNamed', { count, names: listed(names) }) : String(count)
  return invalidData('otherWidth', { path, width: phrase(width === 1 ? 'column' : 'columns', { count: width }), what })
}
