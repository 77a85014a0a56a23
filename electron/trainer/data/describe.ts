import type { DataSummary } from '#shared/training/run'
import type { DataSet } from './dataSet'

const SHOWN = 24

/** What a person wants to see of a data set before training on it. */
export function describeData(data: DataSet): DataSummary {
  const width = data.inputShape.reduce((a, b) => a * b, 1)
  const balance = data.labels?.map(() => 0) ?? null
  if (balance)
    for (let i = 0; i < data.size; i++) {
      const c = data.classOf(i)
      balance[c] = (balance[c] ?? 0) + 1
    }
  const [low, high] = data.range
  const count = Math.min(SHOWN, data.size)
  const preview = Array.from({ length: count }, (_, k) => {
    const i = nearest(data, Math.floor((k * data.size) / count), k % (data.labels?.length ?? 1))
    const values = new Float32Array(width)
    data.read(i, values, 0)
    const target = new Float32Array(data.targetSize)
    data.target(i, target, 0)
    const label = data.labels?.[data.classOf(i)] ?? Array.from(target, (v) => Number(v.toPrecision(6))).join(', ')
    return { values: Array.from(values, (v) => (v - low) / (high - low)), label }
  })
  return {
    spec: data.spec,
    samples: data.size,
    inputShape: data.inputShape,
    labels: data.labels,
    balance,
    targetSize: data.targetSize,
    preview,
    problems: data.problems,
  }
}

/** The first sample of a class from a place on: shown samples are spread over the set and over the classes. */
function nearest(data: DataSet, from: number, wanted: number): number {
  for (let step = 0; step < data.size; step++) {
    const i = (from + step) % data.size
    if (data.classOf(i) === wanted) return i
  }
  return from
}
