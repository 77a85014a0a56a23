/** tfjs wants pairs as mutable tuples. */
export const pairOf = (v: readonly number[]): [number, number] => [v[0] ?? 1, v[1] ?? v[0] ?? 1]
