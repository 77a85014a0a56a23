import { z } from 'zod'

/** How values are brought to one scale before a network sees them. */
export const normalizations = ['none', 'standardize', 'minMax'] as const
export type NormalizationType = (typeof normalizations)[number]

/** Figures of one channel of images, or of one column, over the samples that were looked at. */
export const statisticsSchema = z.object({
  mean: z.number(),
  /** Of the whole population: √(Σ(x − mean)² / n). */
  std: z.number(),
  min: z.number(),
  max: z.number(),
})
export type Statistics = z.infer<typeof statisticsSchema>

export const normalizationSchema = z.object({
  method: z.enum(['standardize', 'minMax']),
  /** What is subtracted and what is divided by then, for each place along the last axis of a sample: channels, or columns. */
  offset: z.array(z.number()),
  scale: z.array(z.number()),
})
/** The figures by which values are brought to one scale: those of the training part, kept with the run. */
export type Normalization = z.infer<typeof normalizationSchema>

/** `standardize`: mean 0, deviation 1. `minMax`: 0…1. A channel that is the same everywhere is only moved. */
export function normalizationBy(method: Normalization['method'], statistics: readonly Statistics[]): Normalization {
  const standard = method === 'standardize'
  return {
    method,
    offset: statistics.map((s) => (standard ? s.mean : s.min)),
    scale: statistics.map((s) => {
      const spread = standard ? s.std : s.max - s.min
      return spread > 1e-7 * Math.max(Math.abs(s.min), Math.abs(s.max)) ? spread : 1
    }),
  }
}

/** Samples one after the other, with the channels or columns along the last axis, brought to scale; in an array of its own. */
export function normalize(values: Float32Array, { offset, scale }: Normalization): Float32Array {
  const n = offset.length
  const result = new Float32Array(values.length)
  for (let i = 0, c = 0; i < values.length; i++) {
    result[i] = ((values[i] ?? 0) - (offset[c] ?? 0)) / (scale[c] ?? 1)
    if (++c === n) c = 0
  }
  return result
}

/** So many channels or columns are written out. */
const WRITTEN = 16

/** What a user of the trained network has to do to a sample, in a sentence with its figures. */
export function describeNormalization({ method, offset, scale }: Normalization): string {
  const list = (figures: readonly number[]) =>
    `${figures
      .slice(0, WRITTEN)
      .map((v) => Number(v.toPrecision(6)))
      .join(', ')}${figures.length > WRITTEN ? ', …' : ''}`
  const what = method === 'standardize' ? ['mean', 'standard deviation'] : ['minimum', 'range']
  return `Then each channel or column minus its ${what[0]} (${list(offset)}), divided by its ${what[1]} (${list(scale)}), of the training part.`
}
