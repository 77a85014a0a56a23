type Four = readonly [number, number, number, number]

/**
 * Gradient of nearest-neighbour resizing: every dy goes to the pixel that was copied. tfjs's cpu kernel gives
 * some to other pixels.
 */
export function nearestGradient(dy: Float32Array, dx: Float32Array, input: Four, output: Four, align: boolean): void {
  const [batch, height, width, channels] = input
  const source = (n: number, i: number): number => {
    const [have, made] = [input[n] ?? 1, output[n] ?? 1]
    const at = align && made > 1 ? Math.round((i * (have - 1)) / (made - 1)) : Math.floor((i * have) / made)
    return Math.min(at, have - 1)
  }
  dx.fill(0)
  let from = 0
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < output[1]; y++)
      for (let x = 0; x < output[2]; x++) {
        const to = ((n * height + source(1, y)) * width + source(2, x)) * channels
        for (let c = 0; c < channels; c++, from++) dx[to + c] = (dx[to + c] as number) + (dy[from] as number)
      }
}

/**
 * Gradient of bilinear resizing: every dy goes to the four pixels that it was mixed from, by their weights. tfjs's cpu kernel takes height
 * for width where they grow differently.
 */
export function bilinearGradient(dy: Float32Array, dx: Float32Array, input: Four, output: Four, align: boolean): void {
  const [batch, height, width, channels] = input
  const sources = (n: number) => {
    const [have, made] = [input[n] ?? 1, output[n] ?? 1]
    const scale = align && made > 1 ? (have - 1) / (made - 1) : have / made
    return Array.from({ length: made }, (_, i) => {
      const low = Math.floor(i * scale)
      return { low, high: Math.min(low + 1, have - 1), part: i * scale - low }
    })
  }
  const [rows, columns] = [sources(1), sources(2)]
  dx.fill(0)
  let from = 0
  for (let n = 0; n < batch; n++)
    for (const y of rows)
      for (const x of columns) {
        const corners = [
          [y.low, x.low, (1 - y.part) * (1 - x.part)],
          [y.low, x.high, (1 - y.part) * x.part],
          [y.high, x.low, y.part * (1 - x.part)],
          [y.high, x.high, y.part * x.part],
        ] as const
        for (const [row, column, weight] of corners) {
          const to = ((n * height + row) * width + column) * channels
          for (let c = 0; c < channels; c++) dx[to + c] = (dx[to + c] as number) + weight * (dy[from + c] as number)
        }
        from += channels
      }
}
