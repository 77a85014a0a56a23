import { ok, type Result } from '#shared/result'
import { invalidData } from '../data/files'
import { isMissing, isNumber } from '../data/table'
import { encodeRows, plainEncoding, type TableEncoding } from '../data/tableEncoding'
import type { TrainerError } from '../protocol'
import type { RunFile } from '../runFile'
import { type ReadSample, shapeOf } from './sample'

type Samples = RunFile['samples']

/** How typed cells become numbers: as the run's own rows did; numbers as they are where it learned from no table. */
const encodingOf = (samples: Samples): TableEncoding =>
  samples.table ?? plainEncoding(shapeOf(samples).reduce((a, b) => a * b, 1))

/** One sample from cells as a person typed them, one for each column. */
export function readCells(cells: readonly string[], samples: Samples): Result<ReadSample, TrainerError> {
  const encoding = encodingOf(samples)
  const { columns, missing } = encoding
  if (cells.length !== columns.length)
    return invalidData('cellCount', { wanted: columns.length, received: cells.length })
  const trimmed = cells.map((cell) => cell.trim())
  const lacking = columns.filter(({ texts }, i) => isMissing(trimmed[i]) && !texts?.includes(trimmed[i] ?? ''))
  const [first] = lacking
  if (first && missing === null) return invalidData('cellMissing', { name: first.name })
  const wrong = columns.findIndex(({ texts }, i) => !texts && !isMissing(trimmed[i]) && !isNumber(trimmed[i]))
  if (wrong >= 0)
    return invalidData('cellNotANumber', {
      name: columns[wrong]?.name ?? '',
      value: JSON.stringify(cells[wrong]),
    })
  const places = columns.map((_, i) => i)
  const encoded = encodeRows([{ cells: trimmed, line: 1 }], places, encoding, 'The form')
  return encoded.ok ? ok({ values: encoded.value.values, notes: [] }) : encoded
}

/** A sample as it would be typed: short, and read again as nearly the same numbers. */
export function writeCells(values: Float32Array, samples: Samples): string[] {
  const { columns, scale } = encodingOf(samples)
  let at = 0
  return columns.map(({ texts }) => {
    const from = at
    at += texts?.length ?? 1
    return texts
      ? (texts[values.subarray(from, at).indexOf(1)] ?? '')
      : String(Number(((values[from] ?? 0) * scale).toPrecision(6)))
  })
}
