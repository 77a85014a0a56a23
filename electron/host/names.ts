import type { HostError } from '#shared/host'
import { ok, type Result } from '#shared/result'
import { fail } from './errors'

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const unsafe = /[/\\:*?"<>|\u0000-\u001f\u007f]/

/** A plain file name that every system takes: no folders, no tricks. Other systems' rules count too, for files that travel. */
export function checkName(name: string): Result<string, HostError> {
  const about = { name: JSON.stringify(name) }
  const bad = unsafe.exec(name)
  if (bad) return fail('invalidRequest', 'nameHolds', { ...about, character: JSON.stringify(bad[0]) })
  if (name.trim() === '') return fail('invalidRequest', 'nameEmpty', about)
  if (/^[. ]|[. ]$/.test(name)) return fail('invalidRequest', 'nameEnds', about)
  if (reserved.test(name)) return fail('invalidRequest', 'nameReserved', about)
  if (Buffer.byteLength(name) > 200) return fail('invalidRequest', 'nameLong', about)
  return ok(name)
}

/** A part of a file name made of what a person called something. */
export const plainName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}._-]+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 60) || 'network'

/** `Net.netloom`, then `Net 2.netloom`, … : the first that is not taken. */
export function freshName(name: string, taken: readonly string[]): string {
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  // Systems differ in whether capitals make another name: treat them as the same.
  const used = new Set(taken.map((t) => t.toLowerCase()))
  let fresh = name
  for (let n = 2; used.has(fresh.toLowerCase()); n++) fresh = `${stem} ${n}${extension}`
  return fresh
}
