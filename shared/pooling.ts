import { bool, type Padding, padding, tuple } from './fields'
import { type Cost, elements, type MaybeShape, type ShapeResult, showShape } from './layer'
import { draft } from './problems'
import { ofRank } from './rank'
import type { TfjsLayer } from './tfjs'
import { paddedPool } from './tfjsPadding'
import { isMovedByTfjs, largestKernel, paddingOf, type Sliding, slideAll, windowOf } from './windows'

export const poolFields = (axes: number) => {
  const twos: readonly number[] = Array.from({ length: axes }, () => 2)
  return {
    poolSize: tuple({ default: twos, max: 1000, help: 'Size of the window per axis.' }),
    strides: tuple({ default: twos, max: 1000, help: 'Step of the window per axis.' }),
    padding: padding({
      default: 'valid',
      axes,
      help: "'same' keeps size ÷ stride, 'valid' adds nothing, or explicit amounts; padding itself never counts.",
    }),
    ceilMode: bool({
      default: false,
      help: 'Keeps the last, overhanging window (Caffe). Without effect on same padding.',
    }),
  }
}

export interface PoolParams {
  readonly poolSize: readonly number[]
  readonly strides: readonly number[]
  readonly padding: Padding
  readonly ceilMode: boolean
}

const sliding = (p: PoolParams): Sliding => ({
  kernel: p.poolSize,
  strides: p.strides,
  padding: p.padding,
  ceil: p.ceilMode,
})

export function poolShape(x: MaybeShape, p: PoolParams, axes: number, label: string): ShapeResult {
  const input = ofRank(x, axes + 1, label)
  const spatial = input.shape.slice(0, axes)
  const { out, fits } = slideAll(spatial, sliding(p))
  const problems = [...input.problems]
  if (!fits) {
    const max = Math.max(largestKernel(spatial, { ...sliding(p), ceil: false }), 0)
    problems.push(
      draft('poolTooLarge', { kernel: p.poolSize.join('×'), input: showShape(spatial), max }, 'poolSize', {
        kind: 'set',
        params: { padding: 'same' },
      }),
    )
  }
  const { padding } = p
  if (typeof padding !== 'string' && padding.some((n, i) => n >= (p.poolSize[Math.floor(i / 2)] ?? 0)))
    problems.push(
      draft('poolPadding', { padding: padding.join(', '), kernel: p.poolSize.join('×') }, 'padding', {
        kind: 'set',
        params: { padding: 'same' },
      }),
    )
  return { outputs: [[...out, input.shape[axes] ?? null]], problems }
}

/** One comparison or addition per element of each window. */
export function poolCost(x: readonly number[], y: readonly number[], p: PoolParams): Cost {
  return { macs: 0, flops: elements(y) * elements(p.poolSize), window: windowOf(x.slice(0, -1), sliding(p)) }
}

/** The tfjs layers of a pooling; `plain` says it with tfjs's own layer, which knows 'same' and 'valid' only. */
export function poolTfjs(
  op: 'max' | 'average',
  p: PoolParams,
  [x = []]: readonly (readonly number[])[],
  plain: (padding: 'same' | 'valid') => TfjsLayer,
): readonly TfjsLayer[] {
  const padding = explicitPoolPadding(x, p)
  const moved = p.padding === 'same' && isMovedByTfjs(x.slice(0, -1), sliding(p))
  if (!padding) return [plain(p.padding === 'same' && !moved ? 'same' : 'valid')]
  const { out } = slideAll(x.slice(0, -1), sliding(p))
  return paddedPool(op, p, padding, x, [...out.map((n) => n ?? 1), x.at(-1) ?? 1])
}

/** Explicit and ceil-mode padding as amounts, `null` where there is none. */
function explicitPoolPadding(x: readonly number[], p: PoolParams): readonly number[] | null {
  if (p.padding === 'same' && !isMovedByTfjs(x.slice(0, -1), sliding(p))) return null
  const amounts = paddingOf(x.slice(0, -1), sliding(p))
  return amounts.some((n) => n > 0) ? amounts : null
}
