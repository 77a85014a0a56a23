import { ok, type Result } from '#shared/result'
import { splitSpec } from '../../dataSpec'
import type { TrainerError } from '../protocol'
import { invalidData } from './files'

/** `kind:<path>?option=value&…` taken apart; options that the kind does not know are refused. */
export interface Spec<K extends string> {
  readonly path: string
  readonly options: Readonly<Partial<Record<K, string>>>
}

export function parseSpec<K extends string>(spec: string, known: readonly K[]): Result<Spec<K>, TrainerError> {
  const { path, options: given } = splitSpec(spec) ?? { path: '', options: '' }
  if (!path) return invalidData('noFileNamed', { spec: JSON.stringify(spec) })
  const options: Partial<Record<K, string>> = {}
  for (const [name, value] of new URLSearchParams(given)) {
    const key = known.find((k) => k === name)
    if (!key) return invalidData('unknownOption', { option: name, known: known.join(', ') })
    options[key] = value
  }
  return ok({ path, options })
}
