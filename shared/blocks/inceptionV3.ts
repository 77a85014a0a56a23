import { bool, int } from '../fields'
import type { Builder, Wire } from '../graph/builder'
import { defineBlock } from './block'
import { convBn } from './convBn'

/**
 * The five modules of Inception-v3 (Szegedy et al., Rethinking the Inception architecture, 2016), in the order in which the network uses
 * them; the letters are torchvision's.
 */
type Kernel = number | readonly [number, number]
const name = (kernel: Kernel): string => (typeof kernel === 'number' ? `${kernel}×${kernel}` : kernel.join('×'))

const scaleField = bool({ default: true, help: 'Batch normalization learns the scale γ; Keras leaves it out.' })
const channels = (n: number, help: string) => int({ default: n, max: 65_536, help })

/** Convolutions with batch normalization and ReLU, one after the other. */
const chain = (
  b: Builder,
  x: Wire,
  scale: boolean,
  ...steps: readonly (readonly [filters: number, kernel: Kernel, reduce?: 'reduce'])[]
) =>
  steps.reduce(
    (from, [filters, kernel, reduce]) =>
      convBn(b, from, name(kernel), {
        filters,
        kernel,
        scale,
        activation: 'relu',
        ...(reduce && { strides: 2, padding: 'valid' as const }),
      }),
    x,
  )
const same = { poolSize: [3, 3], strides: [1, 1], padding: 'same' } as const
const half = { poolSize: [3, 3], strides: [2, 2] } as const
const averaged = (b: Builder, x: Wire, filters: number, scale: boolean): Wire =>
  chain(b, b.layer('averagePooling2d', same, x, { name: 'pool' }), scale, [filters, 1])
const concat = (b: Builder, wires: readonly Wire[]): Wire => b.layer('concat', {}, wires, { name: 'concat' })

export const inceptionA = defineBlock({
  label: 'Inception module v3 A',
  doc: 'At 35×35: 1×1, 5×5, two 3×3 and an average pooling side by side.',
  fields: { pool: channels(32, 'Filters of the 1×1 after the pooling.'), scale: scaleField },
  draw: (b, x, { pool, scale }) =>
    concat(b, [
      chain(b, x, scale, [64, 1]),
      chain(b, x, scale, [48, 1], [64, 5]),
      chain(b, x, scale, [64, 1], [96, 3], [96, 3]),
      averaged(b, x, pool, scale),
    ]),
})

export const inceptionB = defineBlock({
  label: 'Inception reduction v3 B',
  doc: 'From 35×35 to 17×17: strided convolutions and a max pooling side by side.',
  fields: { scale: scaleField },
  draw: (b, x, { scale }) =>
    concat(b, [
      chain(b, x, scale, [384, 3, 'reduce']),
      chain(b, x, scale, [64, 1], [96, 3], [96, 3, 'reduce']),
      b.layer('maxPooling2d', half, x, { name: 'pool' }),
    ]),
})

export const inceptionC = defineBlock({
  label: 'Inception module v3 C',
  doc: 'At 17×17: 7×7 convolutions taken apart into 1×7 and 7×1.',
  fields: { conv7: channels(128, 'Filters between the asymmetric convolutions.'), scale: scaleField },
  draw: (b, x, { conv7: c, scale }) =>
    concat(b, [
      chain(b, x, scale, [192, 1]),
      chain(b, x, scale, [c, 1], [c, [1, 7]], [192, [7, 1]]),
      chain(b, x, scale, [c, 1], [c, [7, 1]], [c, [1, 7]], [c, [7, 1]], [192, [1, 7]]),
      averaged(b, x, 192, scale),
    ]),
})

export const inceptionD = defineBlock({
  label: 'Inception reduction v3 D',
  doc: 'From 17×17 to 8×8: strided convolutions and a max pooling side by side.',
  fields: { scale: scaleField },
  draw: (b, x, { scale }) =>
    concat(b, [
      chain(b, x, scale, [192, 1], [320, 3, 'reduce']),
      chain(b, x, scale, [192, 1], [192, [1, 7]], [192, [7, 1]], [192, 3, 'reduce']),
      b.layer('maxPooling2d', half, x, { name: 'pool' }),
    ]),
})

export const inceptionE = defineBlock({
  label: 'Inception module v3 E',
  doc: 'At 8×8: 1×3 and 3×1 convolutions side by side widen the representation.',
  fields: { scale: scaleField },
  draw(b, x, { scale }) {
    const fork = (from: Wire): Wire[] => [chain(b, from, scale, [384, [1, 3]]), chain(b, from, scale, [384, [3, 1]])]
    return concat(b, [
      chain(b, x, scale, [320, 1]),
      ...fork(chain(b, x, scale, [384, 1])),
      ...fork(chain(b, x, scale, [448, 1], [384, 3])),
      averaged(b, x, 192, scale),
    ])
  },
})
