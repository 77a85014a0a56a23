import { defaultsOf, type Fields, type ParamsOf } from '../fields'
import type { Builder, Wire } from '../graph/builder'
import type { BlockDef } from './block'
import { bottleneck } from './bottleneck'
import { inceptionV1 } from './inceptionV1'
import { inceptionA, inceptionB, inceptionC, inceptionD, inceptionE } from './inceptionV3'
import { invertedResidual } from './invertedResidual'
import { mlpConv } from './mlpConv'
import { residual } from './residual'
import { squeezeExcite } from './squeezeExcite'

const registry = {
  residual,
  bottleneck,
  invertedResidual,
  squeezeExcite,
  mlpConv,
  inceptionV1,
  inceptionA,
  inceptionB,
  inceptionC,
  inceptionD,
  inceptionE,
}

type Registry = typeof registry
export type BlockType = keyof Registry
export type BlockParams<T extends BlockType> =
  Registry[T] extends BlockDef<infer F extends Fields> ? ParamsOf<F> : never

export const blocks: Readonly<Record<BlockType, BlockDef>> = registry
export const blockTypes = Object.keys(registry) as BlockType[]

/** Draws a block behind `x` as one group and returns its output. */
export function addBlock<T extends BlockType>(
  b: Builder,
  type: T,
  params: Partial<BlockParams<T>>,
  x: Wire,
  name: string = blocks[type].label,
): Wire {
  const def = blocks[type]
  const full = { ...defaultsOf(def.fields), ...params }
  return b.group(name, { type, params: full }, () => def.draw(b, x, full))
}
