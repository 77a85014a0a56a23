import { sameOrder, type TorchGraph, type TorchValue } from './graph'

/** In the layout of the first, so that as few axes as possible are moved. */
function alike(g: TorchGraph, inputs: readonly TorchValue[]): readonly TorchValue[] {
  const [first] = inputs
  if (first?.layout === 'first' && first.shape.length > 1) return inputs.map((v) => g.first(v))
  if (inputs.every((v) => v.shape.length === 1 && sameOrder(v.order, first?.order ?? null))) return inputs
  return inputs.map((v) => g.last(v))
}

/** What comes out lies as what went in. */
const placeOf = ([first]: readonly TorchValue[], shape: readonly number[], inputs: readonly TorchValue[]) => ({
  shape,
  layout: first?.layout ?? 'last',
  order: first?.order ?? null,
  flattened: [...new Set(inputs.flatMap((v) => v.flattened))],
})

/** `a + b + c`. */
export function infixTorch(
  g: TorchGraph,
  operator: '+' | '-' | '*',
  inputs: readonly TorchValue[],
  y: readonly number[],
): TorchValue {
  const values = alike(g, inputs)
  return g.call(values, (xs) => xs.join(` ${operator} `), placeOf(values, y, values), { form: 'infix' })
}

export function averageTorch(g: TorchGraph, inputs: readonly TorchValue[], y: readonly number[]): TorchValue {
  const values = alike(g, inputs)
  const write = (xs: readonly string[]) => `(${xs.join(' + ')}) / ${xs.length}`
  return g.call(values, write, placeOf(values, y, values), { form: 'infix' })
}

/** A function of two tensors, again and again. */
export function foldTorch(
  g: TorchGraph,
  name: 'torch.maximum' | 'torch.minimum',
  inputs: readonly TorchValue[],
  y: readonly number[],
): TorchValue {
  const values = alike(g, inputs)
  return g.call(values, (xs) => xs.reduce((a, b) => `${name}(${a}, ${b})`), placeOf(values, y, values))
}

export function concatTorch(
  g: TorchGraph,
  inputs: readonly TorchValue[],
  axis: number,
  y: readonly number[],
): TorchValue {
  const flat = inputs.every((v) => v.shape.length === 1)
  const values = flat ? inputs : alike(g, inputs)
  const [first] = values
  const dim = first ? g.axis(first, axis) : 1
  const place = { ...placeOf(values, y, values), order: flat ? concatOrder(values) : null }
  return g.call(values, (xs) => `torch.cat([${xs.join(', ')}], dim=${dim})`, place)
}

function concatOrder(values: readonly TorchValue[]): readonly number[] | null {
  if (values.every((v) => v.order === null)) return null
  let from = 0
  return values.flatMap((v) => {
    const size = v.shape[0] ?? 0
    const own = (v.order ?? Array.from({ length: size }, (_, i) => i)).map((n) => n + from)
    from += size
    return own
  })
}
