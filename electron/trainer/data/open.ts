import { err, ok } from '#shared/result'
import { openCsv } from './csv'
import type { DataResult } from './dataSet'
import { digits } from './digits'

/** Opens what a spec names: `digits`, or `csv:<path>?option=value`. */
export async function openData(spec: string): Promise<DataResult> {
  if (spec === 'digits') return ok(digits())
  if (spec.startsWith('csv:')) return openCsv(spec)
  const message = spec
    ? `There is no data set ${JSON.stringify(spec)}. Use digits, or csv:<path>?label=last.`
    : 'No data set is chosen. Choose the built-in digits, or a CSV file.'
  return err({ code: 'invalidData', message })
}
