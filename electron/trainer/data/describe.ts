import type { DataSummary } from '#shared/training/run'
import type { SplitSettings } from '#shared/training/split'
import type { DataSet } from './dataSet'
import { placesOf } from './places'
import { split } from './split'
import { statisticsOf } from './statistics'

const SHOWN = 24
/** Large pictures are shown fewer: all travel to the window as text. */
const MAX_VALUES = 1_000_000

/** What a person wants to see of a data set before training on it. */
export async function describeData(data: DataSet, shares?: SplitSettings): Promise<DataSummary> {
  const width = data.inputShape.reduce((a, b) => a * b, 1)
  const balance = data.labels?.map(() => 0) ?? null
  if (balance)
    for (let i = 0; i < data.size; i++) {
      const c = data.classOf(i)
      balance[c] = (balance[c] ?? 0) + 1
    }
  const [low, high] = data.range
  const count = Math.min(SHOWN, data.size, Math.max(Math.floor(MAX_VALUES / width), 1))
  const preview: DataSummary['preview'][number][] = []
  for (let k = 0; k < count; k++) {
    const i = nearest(data, Math.floor((k * data.size) / count), k % (data.labels?.length ?? 1))
    await data.load?.(Uint32Array.of(i))
    const values = new Float32Array(width)
    data.read(i, values, 0)
    const target = new Float32Array(data.targetSize)
    data.target(i, target, 0)
    const label = data.labels?.[data.classOf(i)] ?? Array.from(target, (v) => Number(v.toPrecision(6))).join(', ')
    preview.push({ values: Array.from(values, (v) => (v - low) / (high - low)), label })
  }
  return {
    spec: data.spec,
    samples: data.size,
    inputShape: data.inputShape,
    labels: data.labels,
    balance,
    targetSize: data.targetSize,
    preview,
    problems: data.problems,
    ...(shares && { statistics: await figuresOf(data, shares) }),
  }
}

async function figuresOf(data: DataSet, shares: SplitSettings): Promise<DataSummary['statistics'] & object> {
  const { train } = split(data, shares, shares.seed)
  const names = placesOf(data)
  const places = await statisticsOf(data, train)
  return { samples: train.length, places: places.map((p, i) => ({ name: names[i] ?? String(i), ...p })) }
}

/** The first sample of a class from a place on: shown samples are spread over the set and over the classes. */
function nearest(data: DataSet, from: number, wanted: number): number {
  for (let step = 0; step < data.size; step++) {
    const i = (from + step) % data.size
    if (data.classOf(i) === wanted) return i
  }
  return from
}
