import type { Random } from './random'

/**
 * A random `rows` × `columns` matrix, row by row, whose columns (rows, where those are fewer) have length 1 and stand at right angles.
 * Gram and Schmidt's procedure on a matrix of normal numbers, in its stable form, gives every such matrix with the same likelihood.
 */
export function orthogonal(rows: number, columns: number, random: Random): Float32Array {
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)]
  const vectors: Float64Array[] = []
  for (let v = 0; v < count; v++) {
    const vector = Float64Array.from({ length }, () => random.normal())
    for (const other of vectors) {
      let along = 0
      for (let i = 0; i < length; i++) along += (vector[i] as number) * (other[i] as number)
      for (let i = 0; i < length; i++) vector[i] = (vector[i] as number) - along * (other[i] as number)
    }
    const norm = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0))
    vectors.push(vector.map((x) => x / norm))
  }
  const matrix = new Float32Array(rows * columns)
  vectors.forEach((vector, v) => {
    for (let i = 0; i < length; i++) matrix[columns <= rows ? i * columns + v : v * columns + i] = vector[i] as number
  })
  return matrix
}
