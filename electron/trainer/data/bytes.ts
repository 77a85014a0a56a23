import type { DataSet } from './dataSet'

/** Pictures that lie in memory one after the other with eight bits a value: a quarter of what floats would take. Read as 0…1. */
export function inBytes(
  bytes: Uint8Array,
  classes: Uint16Array,
  about: Pick<DataSet, 'spec' | 'inputShape' | 'problems'> & { readonly labels: readonly string[] },
): DataSet {
  const width = about.inputShape.reduce((a, b) => a * b, 1)
  const targetSize = about.labels.length
  return {
    ...about,
    size: classes.length,
    targetSize,
    range: [0, 1],
    preprocessing: 'Bytes divided by 255: values from 0 to 1.',
    classOf: (i) => classes[i] ?? 0,
    read(i, to, offset) {
      for (let k = 0; k < width; k++) to[offset + k] = (bytes[i * width + k] ?? 0) / 255
    },
    target(i, to, offset) {
      to.fill(0, offset, offset + targetSize)
      to[offset + (classes[i] ?? 0)] = 1
    },
  }
}
