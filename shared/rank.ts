import type { MaybeShape, Shape } from './layer'
import { type Draft, draft } from './problems'

const names: Readonly<Record<number, string>> = {
  1: 'features',
  2: 'steps × channels',
  3: 'height × width × channels',
  4: 'depth × height × width × channels',
}

/** Demands a number of axes; an input that is unknown or wrong comes back as that many unknown sizes. */
export function ofRank(x: MaybeShape, rank: number, layer: string): { shape: Shape; problems: Draft[] } {
  if (x?.length === rank) return { shape: x, problems: [] }
  const unknown: Shape = Array.from({ length: rank }, () => null)
  if (x === null) return { shape: unknown, problems: [] }
  const received = x.map((n) => n ?? '?').join('×')
  const sizes = x.filter((n) => n !== null)
  const target = sizes.length === x.length ? reshapeTo(sizes, rank) : null
  const advice =
    rank === 1 ? 'Insert a Flatten before it.' : `Insert a Reshape${target ? ` to ${target.join('×')}` : ''} before it.`
  return {
    shape: unknown,
    problems: [
      draft(
        'wrongRank',
        { layer, expected: rank, names: names[rank] ?? '', received, advice },
        undefined,
        rank === 1
          ? { kind: 'insertBefore', layer: 'flatten', params: {} }
          : target
            ? { kind: 'insertBefore', layer: 'reshape', params: { target } }
            : undefined,
      ),
    ],
  }
}

/** The most natural shape of `rank` axes for the same elements: missing axes become 1 (a vector becomes 1×1×n). */
function reshapeTo(sizes: readonly number[], rank: number): readonly number[] | null {
  if (sizes.length < rank) return [...Array.from({ length: rank - sizes.length }, () => 1), ...sizes]
  const [head, tail] = [sizes.slice(0, sizes.length - rank + 1), sizes.slice(sizes.length - rank + 1)]
  return [head.reduce((a, b) => a * b, 1), ...tail]
}
