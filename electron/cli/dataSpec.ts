import { resolve } from 'node:path'

/** A data reference whose file does not depend on the current folder, so that a run can find it again. */
export const absoluteSpec = (spec: string): string =>
  spec.replace(/^csv:([^?]+)/, (_whole, path: string) => `csv:${resolve(path)}`)
