import type { DataSet } from './dataSet'

/** Arrays that batches are read into, used again and again. */
export interface Batches {
  readonly x: Float32Array
  readonly y: Float32Array
}

const width = (data: DataSet): number => data.inputShape.reduce((a, b) => a * b, 1)

export const makeBatches = (data: DataSet, size: number) => ({
  x: new Float32Array(size * width(data)),
  y: new Float32Array(size * data.targetSize),
})

/** Reads samples into the arrays and returns the parts that they fill. */
export async function readBatch(data: DataSet, indices: Uint32Array, { x, y }: Batches): Promise<Batches> {
  await data.load?.(indices)
  const n = width(data)
  indices.forEach((index, i) => {
    data.read(index, x, i * n)
    data.target(index, y, i * data.targetSize)
  })
  return { x: x.subarray(0, indices.length * n), y: y.subarray(0, indices.length * data.targetSize) }
}
