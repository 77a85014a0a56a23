import { type Activation, activationFlops, activationNames } from './activations'
import { bool, choice, int, type Padding, padding, tuple } from './fields'
import {
  type Cost,
  elements,
  type MaybeShape,
  type Shape,
  type ShapeResult,
  showShape,
  type WeightSpec,
  type Window,
} from './layer'
import { gcd } from './math'
import { type Draft, draft } from './problems'
import { ofRank } from './rank'
import type { TfjsLayer } from './tfjs'
import { zeroPadding } from './tfjsPadding'
import { isMovedByTfjs, largestKernel, paddingOf, type Sliding, slideAll, windowOf } from './windows'

/** What the convolutions of one, two and three axes share; `axes` is the number of spatial axes. */
export const windowFields = (axes: number) => {
  const ones: readonly number[] = Array.from({ length: axes }, () => 1)
  return {
    kernelSize: tuple({ default: ones.map(() => 3), max: 1000, help: 'Size of the kernel per axis.' }),
    strides: tuple({ default: ones, max: 1000, help: 'Step of the kernel per axis.' }),
    padding: padding({
      default: 'same',
      axes,
      help: "'same' keeps size ÷ stride, 'valid' adds nothing, or explicit amounts before and after each axis.",
    }),
    dilationRate: tuple({ default: ones, max: 1000, help: 'Distance between the taps of the kernel.' }),
  }
}
export const activationField = choice({
  default: 'linear',
  options: activationNames,
  help: 'Function applied to the result.',
})
export const useBiasField = bool({ default: true, help: 'Adds a learned constant per output channel.' })

export const convFields = (axes: number) => ({
  filters: int({ default: 32, max: 65_536, help: 'Number of output channels.' }),
  ...windowFields(axes),
  groups: int({ default: 1, max: 65_536, help: 'Splits channels and filters into groups that do not see each other.' }),
  activation: activationField,
  useBias: useBiasField,
})

export interface WindowParams {
  readonly kernelSize: readonly number[]
  readonly strides: readonly number[]
  readonly padding: Padding
  readonly dilationRate: readonly number[]
}
export interface ConvParams extends WindowParams {
  readonly filters: number
  readonly groups: number
  readonly activation: Activation
  readonly useBias: boolean
}

const sliding = (p: WindowParams): Sliding => ({
  kernel: p.kernelSize,
  strides: p.strides,
  dilation: p.dilationRate,
  padding: p.padding,
})
/** The window of a layer whose input has the shape `x`. */
export const convWindow = (x: readonly number[], p: WindowParams): Window => windowOf(x.slice(0, -1), sliding(p))

/** Output spatial sizes of a convolution-like layer, with the problems that its window can have. */
export function windowShape(spatial: MaybeShape, p: WindowParams): { out: Shape; problems: Draft[] } {
  const window = sliding(p)
  const { out, fits } = slideAll(spatial, window)
  const problems: Draft[] = []
  if (!fits) {
    const values = {
      kernel: p.kernelSize.join('×'),
      input: showShape(spatial),
      max: Math.max(largestKernel(spatial, window), 0),
    }
    problems.push(draft('kernelTooLarge', values, 'kernelSize', { kind: 'set', params: { padding: 'same' } }))
  }
  // tfjs and TensorFlow refuse the combination.
  if (p.strides.some((s) => s > 1) && p.dilationRate.some((d) => d > 1))
    problems.push(
      draft('dilatedStride', { strides: p.strides.join('×'), dilation: p.dilationRate.join('×') }, 'dilationRate', {
        kind: 'set',
        params: { dilationRate: p.dilationRate.map(() => 1) },
      }),
    )
  return { out, problems }
}

export function convShape(x: MaybeShape, p: ConvParams, axes: number, label: string): ShapeResult {
  const input = ofRank(x, axes + 1, label)
  const channels = input.shape[axes] ?? null
  const { out, problems } = windowShape(input.shape.slice(0, axes), p)
  if ((channels !== null && channels % p.groups !== 0) || p.filters % p.groups !== 0) {
    const fit = gcd(gcd(channels ?? p.filters, p.filters), p.groups)
    problems.push(
      draft('groupsDivide', { groups: p.groups, channels: channels ?? '?', filters: p.filters, fit }, 'groups', {
        kind: 'set',
        params: { groups: fit },
      }),
    )
  }
  return { outputs: [[...out, p.filters]], problems: [...input.problems, ...problems] }
}

export function convWeights(x: MaybeShape, p: ConvParams, axes: number): WeightSpec[] {
  const channels = x?.length === axes + 1 ? (x[axes] ?? null) : null
  const perGroup = channels === null || channels % p.groups !== 0 ? null : channels / p.groups
  return [
    { name: 'kernel', shape: [...p.kernelSize, perGroup, p.filters], trainable: true },
    ...bias(p.useBias, p.filters),
  ]
}

export const bias = (useBias: boolean, size: number | null): WeightSpec[] =>
  useBias ? [{ name: 'bias', shape: [size], trainable: true }] : []

/** MACs = output positions · filters · (input channels / groups) · kernel volume. */
export function convCost(x: readonly number[], y: readonly number[], p: ConvParams): Cost {
  const n = elements(y)
  const macs = n * ((x.at(-1) ?? 0) / p.groups) * elements(p.kernelSize)
  return {
    macs,
    flops: 2 * macs + (p.useBias ? n : 0) + activationFlops(p.activation, n),
    window: convWindow(x, p),
  }
}

/**
 * The tfjs layers of a convolution: explicit padding as a layer of its own before it. Where 'same' does as much it takes its place: the
 * padded input is then neither computed nor kept for the gradients, nor are gradients of its frame computed.
 */
export function paddedTfjs(
  p: WindowParams,
  [x = []]: readonly (readonly number[])[],
  conv: (padding: 'same' | 'valid') => TfjsLayer,
): readonly TfjsLayer[] {
  if (p.padding === 'valid') return [conv('valid')]
  const spatial = x.slice(0, -1)
  const same = paddingOf(spatial, sliding({ ...p, padding: 'same' }))
  const padding = p.padding === 'same' ? same : p.padding
  if (same.every((n, i) => n === padding[i]) && !isMovedByTfjs(spatial, sliding(p))) return [conv('same')]
  return [...(padding.some((n) => n > 0) ? zeroPadding(padding, x) : []), conv('valid')]
}
