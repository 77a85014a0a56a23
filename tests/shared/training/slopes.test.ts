import { expect, test } from 'vitest'
import { batchLoss, losses, lossTypes } from '#shared/training/losses'
import { createRandom } from '#shared/training/random'
import { type RowAlgebra, slopes } from '#shared/training/slopes'

const [ROWS, N] = [5, 4]
type Table = readonly number[]
/** Numbers stand for whole tables, and columns for their rows. */
const at = (a: Table, i: number): number =>
  (a.length === 1 ? a[0] : a.length === ROWS ? a[Math.floor(i / N)] : a[i]) ?? Number.NaN
const size = (a: Table, b: Table) => Math.max(a.length, b.length)
const two = (f: (a: number, b: number) => number) => (a: Table, b: Table) =>
  Array.from({ length: size(a, b) }, (_, i) => f(at(a, i), at(b, i)))
const one = (f: (a: number) => number) => (a: Table) => a.map(f)
const rows = (a: Table): Table[] => Array.from({ length: ROWS }, (_, i) => a.slice(i * N, (i + 1) * N))
const total = (row: Table) => row.reduce((s, v) => s + v, 0)

const tables: RowAlgebra<Table> = {
  number: (v) => [v],
  add: two((a, b) => a + b),
  sub: two((a, b) => a - b),
  mul: two((a, b) => a * b),
  div: two((a, b) => a / b),
  maximum: two(Math.max),
  minimum: two(Math.min),
  sqrt: one(Math.sqrt),
  abs: one(Math.abs),
  sign: one(Math.sign),
  exp: one(Math.exp),
  tanh: one(Math.tanh),
  sigmoid: one((v) => 1 / (1 + Math.exp(-v))),
  softplus: one((v) => Math.log1p(Math.exp(v))),
  positive: one((v) => (v > 0 ? 1 : 0)),
  sum: (a) => [total(a)],
  softmax: (a) => rows(a).flatMap((row) => row.map((v) => Math.exp(v) / total(row.map(Math.exp)))),
  rowSum: (a) => rows(a).map(total),
  rowMax: (a) => rows(a).map((row) => Math.max(...row)),
}

test.each(lossTypes)('%s: the formula is the derivative of the loop', (type) => {
  const random = createRandom(7)
  const y = Float64Array.from({ length: ROWS * N }, () => 2 * random.normal())
  const t = Float64Array.from({ length: ROWS * N }, (_, i) =>
    losses[type].classes ? (i % N === Math.floor(i / N) % N ? 1 : 0) : random.normal(),
  )
  const want = new Float64Array(y.length)
  batchLoss(losses[type], y, t, ROWS, want)
  const have = slopes[type](tables, [...y], [...t], N)
  expect(have).toHaveLength(y.length)
  have.forEach((v, i) => {
    expect(v / ROWS).toBeCloseTo(want[i] ?? Number.NaN, 12)
  })
})
