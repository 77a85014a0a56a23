import type { DataSet } from './dataSet'

/** Samples looked at. */
const LOOKED_AT = 64

/**
 * What pictures have at their edges, 0…1 over the range of the data: the mean of the border pixels of some samples. A drawing or a picture
 * from elsewhere can then be told apart as dark on light or light on dark. Null where samples are no pictures.
 */
export async function backgroundOf(data: DataSet, indices: Uint32Array): Promise<number | null> {
  const [height = 0, width = 0, channels = 0, ...more] = data.inputShape
  if (more.length > 0 || height < 3 || width < 3 || (channels !== 1 && channels !== 3)) return null
  const step = Math.max(Math.floor(indices.length / LOOKED_AT), 1)
  const sample = new Float32Array(height * width * channels)
  let [sum, n] = [0, 0]
  for (let i = 0; i < indices.length && i < step * LOOKED_AT; i += step) {
    const index = indices[i] ?? 0
    await data.load?.(Uint32Array.of(index))
    data.read(index, sample, 0)
    sum += borderMean(sample, height, width)
    n++
  }
  const [low, high] = data.range
  return n === 0 ? null : Math.min(Math.max((sum / n - low) / (high - low), 0), 1)
}

/** The mean of the pixels at the four edges; channels last. */
export function borderMean(pixels: ArrayLike<number>, height: number, width: number): number {
  const channels = pixels.length / (height * width)
  let [sum, n] = [0, 0]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (y > 0 && y < height - 1 && x > 0 && x < width - 1) continue
      for (let c = 0; c < channels; c++) sum += pixels[(y * width + x) * channels + c] ?? 0
      n += channels
    }
  return n === 0 ? 0 : sum / n
}
