import { Builder, type Wire } from '#shared/graph/builder'
import type { Graph } from '#shared/graph/graph'
import { createRandom } from '#shared/training/random'

interface Drawn {
  readonly wire: Wire
  readonly channels: number
}
export const RANDOM_SHAPE = [7, 6, 3] as const

/** Convolutions, normalizations, activations, poolings and merges in any order, all of them used; for images of RANDOM_SHAPE, three classes. */
export function randomNetwork(seed: number): Graph {
  const random = createRandom(seed)
  const pick = <const T>(values: readonly [T, ...T[]]): T => values[random.below(values.length)] ?? values[0]
  const b = new Builder()
  let newest: Drawn = { wire: b.input([...RANDOM_SHAPE]), channels: RANDOM_SHAPE[2] }
  const maps: [Drawn, ...Drawn[]] = [newest]
  const used = new Set<Drawn>()
  const size = (least: number): [number, number] => [least + random.below(2), least + random.below(2)]

  const next = (x: Drawn): Drawn => {
    const like = (wire: Wire): Drawn => ({ wire, channels: x.channels })
    const other = pick(maps)
    switch (pick(['conv', 'conv', 'norm', 'norm', 'cut', 'cut', 'bend', 'pool', 'add', 'concat'])) {
      case 'conv': {
        const filters = 1 + random.below(20)
        const activation = pick(['linear', 'relu', 'relu6', 'elu'])
        const params = { filters, kernelSize: size(2), padding: 'same', activation } as const
        return { wire: b.layer('conv2d', params, x.wire), channels: filters }
      }
      case 'norm':
        return like(b.layer('batchNorm', { scale: pick([true, false]) }, x.wire))
      case 'cut':
        return like(b.layer('activation', { function: pick(['relu', 'relu6']) }, x.wire))
      case 'bend':
        return like(b.layer('activation', { function: 'tanh' }, x.wire))
      case 'pool':
        return like(b.layer('maxPooling2d', { poolSize: size(2), strides: [1, 1], padding: 'same' }, x.wire))
      case 'add':
        if (other.channels !== x.channels) return like(b.layer('add', {}, [x.wire, x.wire]))
        used.add(other)
        return like(b.layer('add', {}, [x.wire, other.wire]))
      case 'concat':
        used.add(other)
        return { wire: b.layer('concat', {}, [x.wire, other.wire]), channels: x.channels + other.channels }
    }
  }
  for (let i = 0; i < 12; i++) {
    const x = random.below(4) > 0 ? newest : pick(maps)
    used.add(x)
    newest = next(x)
    maps.push(newest)
  }
  const ends = maps.filter((m) => !used.has(m)).map((m) => m.wire)
  const end = ends.length > 1 ? b.layer('concat', {}, ends) : newest.wire
  b.layer('dense', { units: 3, activation: 'softmax' }, b.layer('globalAveragePooling2d', {}, end))
  return b.build()
}
