import type { Fields, ParamsOf } from '../fields'
import type { LayerDef } from '../layer'
import { activation } from './activation'
import { add } from './add'
import { averagePooling2d } from './averagePooling2d'
import { batchNorm } from './batchNorm'
import { concat } from './concat'
import { conv2d } from './conv2d'
import { dense } from './dense'
import { depthwiseConv2d } from './depthwiseConv2d'
import { dropout } from './dropout'
import { flatten } from './flatten'
import { globalAveragePooling2d } from './globalAveragePooling2d'
import { input } from './input'
import { maxPooling2d } from './maxPooling2d'
import { reshape } from './reshape'
import { softmax } from './softmax'
import { zeroPad } from './zeroPad'

/** The registry. Keys are the node types of the file format; the palette keeps this order within a category. */
const registry = {
  input,
  conv2d,
  depthwiseConv2d,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  batchNorm,
  activation,
  softmax,
  dense,
  add,
  concat,
  flatten,
  reshape,
  zeroPad,
  dropout,
}

type Registry = typeof registry
export type LayerType = keyof Registry
export type LayerParams<T extends LayerType> =
  Registry[T] extends LayerDef<infer F extends Fields> ? ParamsOf<F> : never

export const layers: Readonly<Record<LayerType, LayerDef>> = registry
export const layerTypes = Object.keys(registry) as LayerType[]
export const isLayerType = (type: string): type is LayerType => Object.hasOwn(registry, type)
