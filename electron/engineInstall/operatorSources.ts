import { createHash } from 'node:crypto'
import { basename } from 'node:path'

const texts = import.meta.glob('../trainer/engines/tensorflow/operators/*', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** The source of our own operators for TensorFlow, by the names of its files. */
export const operatorSources: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(texts).map(([path, text]) => [basename(path), text]),
)

/** Tells one version of the sources from another: an installation notes which one it was compiled from. */
export const operatorsVersion: string = createHash('sha256')
  .update(JSON.stringify(Object.entries(operatorSources).sort()))
  .digest('hex')
  .slice(0, 16)
