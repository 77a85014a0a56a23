import type { TFunction } from 'i18next'
import { builtInOf } from '#shared/training/dataSets'

/** A data-set reference taken apart: `csv:<file>?label=last&shape=8x8x1&scale=16`. */
export interface Spec {
  /** Everything before the options: `digits`, `csv:<file>`. */
  readonly source: string
  readonly options: Readonly<Record<string, string>>
}

export function parseSpec(text: string): Spec {
  const at = text.indexOf('?')
  if (at < 0) return { source: text, options: {} }
  return { source: text.slice(0, at), options: Object.fromEntries(new URLSearchParams(text.slice(at + 1))) }
}

/** Options that are empty are left out. */
export function formatSpec({ source, options }: Spec): string {
  const kept = Object.entries(options).filter(([, v]) => v !== '')
  // Plain characters stay readable: the reference is seen in the project file and typed on the command line.
  const text = kept.map(([k, v]) => `${k}=${encodeURIComponent(v).replaceAll('%2C', ',')}`).join('&')
  return text === '' ? source : `${source}?${text}`
}

export const isCsv = (text: string): boolean => text.startsWith('csv:')
/** Names files, in whatever format: `csv:…`, `idx:…`. */
export const isFile = (text: string): boolean => /^[a-z0-9]+:/.test(text)

/** What people call the data: the file's name, or the name of the built-in set. */
export function dataName(text: string, t: TFunction): string {
  const { source } = parseSpec(text)
  const builtIn = builtInOf(source)
  if (builtIn) return t(`training.data.builtIn.${builtIn}`)
  return isFile(source) ? (source.split(/[/\\:]/).findLast((part) => part !== '') ?? source) : source
}
