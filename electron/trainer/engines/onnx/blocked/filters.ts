import type { Layout } from './layout'

/** Brings the filters of a convolution, `[out, in / groups, height, width]`, into blocks. `plainInput`: its few input channels are not blocked. */
export function blockedFilter(layout: Layout, weight: string, plainInput: boolean): string {
  const { block, g } = layout
  const [out = 1, per = 1, ...kernel] = g.sizeOf(weight)
  const area = kernel.reduce((a, b) => a * b, 1)
  const turnedFrom = layout.turned.get(weight)
  if (turnedFrom && !plainInput && layout.whole(out) && layout.whole(per)) {
    // At once, by rows that stay whole: turned first, large filters take a tenth of a network's time.
    const { from, outLast } = turnedFrom
    const [first, second] = outLast ? [per, out] : [out, per]
    const split = g.op('Reshape', [from, g.ints([area, first / block, block, second / block, block])])
    const own = g.op('Transpose', [split], { perm: outLast ? [3, 1, 0, 2, 4] : [1, 3, 0, 4, 2] })
    return g.op('Reshape', [own, g.ints([out, per, ...kernel])])
  }
  const [outs, ins] = [layout.filled(out), plainInput ? per : layout.filled(per)]
  const plain = layout.plain(weight)
  const more = [outs - out, ins - per]
  const full = more.some((n) => n > 0) ? g.op('Pad', [plain, g.ints([0, 0, 0, 0, ...more, 0, 0])]) : plain
  const sizes = plainInput ? [outs / block, block, per * area] : [outs / block, block, ins / block, block, area]
  const split = g.op('Reshape', [full, g.ints(sizes)])
  const turned = g.op('Transpose', [split], { perm: plainInput ? [0, 2, 1] : [0, 2, 4, 3, 1] })
  return g.op('Reshape', [turned, g.ints([outs, ins, ...kernel])])
}

/** A number per channel, filled up to whole blocks; from any shape of as many elements. */
export function perChannel(layout: Layout, values: string, channels: number): string {
  const { g } = layout
  const flat = g.op('Reshape', [layout.plain(values), g.ints([channels])])
  const missing = layout.filled(channels) - channels
  return missing > 0 ? g.op('Pad', [flat, g.ints([0, missing])]) : flat
}
