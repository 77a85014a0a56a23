/** What is asked of a list of nodes. A plain array is one. */
export interface List<T> extends Iterable<T> {
  readonly length: number
  at(index: number): T | undefined
  map<U>(change: (item: T, index: number) => U): U[]
  flatMap<U>(change: (item: T, index: number) => U | readonly U[]): U[]
  filter<S extends T>(keep: (item: T, index: number) => item is S): S[]
  filter(keep: (item: T, index: number) => boolean): T[]
  find<S extends T>(wanted: (item: T, index: number) => item is S): S | undefined
  find(wanted: (item: T, index: number) => boolean): T | undefined
  some(test: (item: T, index: number) => boolean): boolean
  every(test: (item: T, index: number) => boolean): boolean
}

/** Lists up to this length are copied whole: a few microseconds. */
const SMALL = 4096
/** Items per piece of a longer one, as a power of two. */
const BITS = 9
const PIECE = 1 << BITS

/** A long array of which some pieces are replaced: an edit copies a piece and the table of pieces, not the array. */
class Patched<T> implements List<T> {
  constructor(
    private readonly base: readonly T[],
    private readonly pieces: readonly (readonly T[] | undefined)[],
  ) {}
  get length(): number {
    return this.base.length
  }
  at(index: number): T | undefined {
    const i = index < 0 ? index + this.length : index
    const piece = this.pieces[i >> BITS]
    return piece ? piece[i & (PIECE - 1)] : this.base[i]
  }
  with(changes: readonly (readonly [index: number, item: T])[]): Patched<T> {
    const pieces = this.pieces.slice()
    const copied = new Map<number, T[]>()
    for (const [i, item] of changes) {
      const at = i >> BITS
      const piece = copied.get(at) ?? (pieces[at] ?? this.base.slice(at << BITS, (at + 1) << BITS)).slice()
      piece[i & (PIECE - 1)] = item
      copied.set(at, piece)
      pieces[at] = piece
    }
    return new Patched(this.base, pieces)
  }
  *[Symbol.iterator](): Generator<T> {
    for (let i = 0; i < this.length; i++) yield this.at(i) as T
  }
  /** All items in an array of their own, which the other methods work on. */
  toJSON(): T[] {
    const all = this.base.slice()
    this.pieces.forEach((piece, at) => {
      piece?.forEach((item, i) => {
        all[(at << BITS) + i] = item
      })
    })
    return all
  }
  map<U>(change: (item: T, index: number) => U): U[] {
    return this.toJSON().map(change)
  }
  flatMap<U>(change: (item: T, index: number) => U | readonly U[]): U[] {
    return this.toJSON().flatMap(change)
  }
  filter<S extends T>(keep: (item: T, index: number) => item is S): S[]
  filter(keep: (item: T, index: number) => boolean): T[]
  filter(keep: (item: T, index: number) => boolean): T[] {
    return this.toJSON().filter(keep)
  }
  find<S extends T>(wanted: (item: T, index: number) => item is S): S | undefined
  find(wanted: (item: T, index: number) => boolean): T | undefined
  find(wanted: (item: T, index: number) => boolean): T | undefined {
    return this.toJSON().find(wanted)
  }
  some(test: (item: T, index: number) => boolean): boolean {
    return this.toJSON().some(test)
  }
  every(test: (item: T, index: number) => boolean): boolean {
    return this.toJSON().every(test)
  }
}

/** The list with other items at some places, which must be within it. The given list stays as it is. */
export function replaced<T>(list: List<T>, changes: readonly (readonly [index: number, item: T])[]): List<T> {
  if (list instanceof Patched) return list.with(changes)
  const array = asArray(list)
  if (array.length > SMALL) return new Patched<T>(array, new Array(Math.ceil(array.length / PIECE))).with(changes)
  const copy = array.slice()
  for (const [i, item] of changes) copy[i] = item
  return copy
}

/** The items in an array: the list itself where it is one. */
export const asArray = <T>(list: List<T>): readonly T[] => (Array.isArray(list) ? list : [...list])
