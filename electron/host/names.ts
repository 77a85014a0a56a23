import type { HostError } from '#shared/host'
import { ok, type Result } from '#shared/result'
import { fail } from './errors'

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const unsafe = /[/\\:*?"<>|\u0000-\u001f\u007f]/

/** A plain file name that every system takes: no folders, no tricks. Other systems' rules count too, for files that travel. */
export function checkName(name: string): Result<string, HostError> {
  const say = (why: string) =>
    fail(
      'invalidRequest',
      `The file name ${JSON.stringify(name)} ${why}. Choose a plain name such as "Digits.netloom".`,
    )
  const bad = unsafe.exec(name)
  if (bad) return say(`holds ${JSON.stringify(bad[0])}`)
  if (name.trim() === '') return say('is empty')
  if (/^[. ]|[. ]$/.test(name)) return say('starts or ends with a dot or a space')
  if (reserved.test(name)) return say('is reserved by Windows')
  if (Buffer.byteLength(name) > 200) return say('is longer than 200 bytes')
  return ok(name)
}

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
