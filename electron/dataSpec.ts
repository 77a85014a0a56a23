import { dirname, resolve } from 'node:path'

/** Kinds of data that are read from files. */
export const fileKinds = ['csv', 'idx', 'cifar10', 'cifar100', 'images', 'npy', 'npz'] as const
export type FileKind = (typeof fileKinds)[number]
export const isFileKind = (kind: string): kind is FileKind => fileKinds.some((k) => k === kind)

/** A data-set reference taken apart: `csv:<path>?option=value&…`. */
export interface FileSpec {
  readonly kind: string
  readonly path: string
  /** With the question mark; empty where there are none. */
  readonly options: string
}

/**
 * The one way in which a reference to a file is read, by whoever opens the file and by whoever decides whether it may be opened. A path
 * may hold a question mark: options begin at one that only `name=value` follows. Null for a reference without a kind, such as `digits`.
 */
export function splitSpec(spec: string): FileSpec | null {
  const at = spec.indexOf(':')
  if (at < 0) return null
  const [, path = '', options = ''] = /^(.*?)(\?[a-z]+=[^&?]*(?:&[a-z]+=[^&?]*)*)?$/is.exec(spec.slice(at + 1)) ?? []
  return { kind: spec.slice(0, at), path, options }
}

/** A reference whose file does not depend on the current folder, so that a run can find it again. */
export function absoluteSpec(spec: string): string {
  const file = splitSpec(spec)
  return file?.path ? `${file.kind}:${resolve(file.path)}${file.options}` : spec
}

/** The file that the option `labels` of an `idx` or `npy` reference names: beside the samples, unless its path is absolute. Null without one. */
export function labelsFile(spec: string): string | null {
  const { kind = '', path = '', options = '' } = splitSpec(spec) ?? {}
  const labels = kind === 'idx' || kind === 'npy' ? new URLSearchParams(options).get('labels') : null
  return labels === null ? null : resolve(dirname(path), labels)
}
