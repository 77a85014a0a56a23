import type { Fields, ParamsOf } from '../fields'
import type { LayerDef } from '../layer'
import { activation } from './activation'
import { add } from './add'
import { average } from './average'
import { averagePooling1d } from './averagePooling1d'
import { averagePooling2d } from './averagePooling2d'
import { averagePooling3d } from './averagePooling3d'
import { batchNorm } from './batchNorm'
import { bidirectional } from './bidirectional'
import { concat } from './concat'
import { conv1d } from './conv1d'
import { conv2d } from './conv2d'
import { conv2dTranspose } from './conv2dTranspose'
import { conv3d } from './conv3d'
import { crelu } from './crelu'
import { crop } from './crop'
import { dense } from './dense'
import { depthwiseConv2d } from './depthwiseConv2d'
import { dropout } from './dropout'
import { embedding } from './embedding'
import { flatten } from './flatten'
import { gaussianNoise } from './gaussianNoise'
import { globalAveragePooling1d } from './globalAveragePooling1d'
import { globalAveragePooling2d } from './globalAveragePooling2d'
import { globalAveragePooling3d } from './globalAveragePooling3d'
import { globalMaxPooling1d } from './globalMaxPooling1d'
import { globalMaxPooling2d } from './globalMaxPooling2d'
import { globalMaxPooling3d } from './globalMaxPooling3d'
import { groupNorm } from './groupNorm'
import { gru } from './gru'
import { input } from './input'
import { layerNorm } from './layerNorm'
import { leakyReLU } from './leakyReLU'
import { lrn } from './lrn'
import { lstm } from './lstm'
import { maximum } from './maximum'
import { maxout } from './maxout'
import { maxPooling1d } from './maxPooling1d'
import { maxPooling2d } from './maxPooling2d'
import { maxPooling3d } from './maxPooling3d'
import { minimum } from './minimum'
import { multiply } from './multiply'
import { output } from './output'
import { permute } from './permute'
import { prelu } from './prelu'
import { reshape } from './reshape'
import { separableConv2d } from './separableConv2d'
import { simpleRNN } from './simpleRNN'
import { softmax } from './softmax'
import { spatialDropout } from './spatialDropout'
import { subtract } from './subtract'
import { tableConv2d } from './tableConv2d'
import { upSampling } from './upSampling'
import { zeroPad } from './zeroPad'

/** The registry. Keys are the node types of the file format; the palette keeps this order within a category. */
const registry = {
  input,
  output,
  conv1d,
  conv2d,
  conv3d,
  conv2dTranspose,
  depthwiseConv2d,
  separableConv2d,
  tableConv2d,
  maxPooling1d,
  maxPooling2d,
  maxPooling3d,
  averagePooling1d,
  averagePooling2d,
  averagePooling3d,
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalAveragePooling3d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  globalMaxPooling3d,
  batchNorm,
  layerNorm,
  groupNorm,
  lrn,
  activation,
  leakyReLU,
  prelu,
  crelu,
  maxout,
  softmax,
  dense,
  embedding,
  simpleRNN,
  lstm,
  gru,
  bidirectional,
  add,
  subtract,
  multiply,
  average,
  maximum,
  minimum,
  concat,
  flatten,
  reshape,
  permute,
  zeroPad,
  crop,
  upSampling,
  dropout,
  spatialDropout,
  gaussianNoise,
}

type Registry = typeof registry
export type LayerType = keyof Registry
export type LayerParams<T extends LayerType> =
  Registry[T] extends LayerDef<infer F extends Fields> ? ParamsOf<F> : never

export const layers: Readonly<Record<LayerType, LayerDef>> = registry
export const layerTypes = Object.keys(registry) as LayerType[]
export const isLayerType = (type: string): type is LayerType => Object.hasOwn(registry, type)
