import * as tf from '@tensorflow/tfjs'
import type { CustomArgs, CustomName } from '#shared/tfjs'
import { ActivationFunction } from './activationFunction'
import { bidirectional } from './bidirectional'
import { CReLU, Maxout, SpatialDropout, Subtract } from './channels'
import { GroupedConv1D, GroupedConv2D, GroupedConv3D } from './groupedConv'
import { GroupNorm, LRN } from './normalization'
import { PaddedPool2D } from './paddedPool2d'
import { TableConv2D } from './tableConv2d'

type Made = { readonly [K in CustomName]: (args: CustomArgs[K] & { readonly name: string }) => tf.layers.Layer }

/** The layers that tfjs lacks. A missing one is a compile error. */
export const customLayers: Made = {
  groupedConv1d: (args) => new GroupedConv1D(args),
  groupedConv2d: (args) => new GroupedConv2D(args),
  groupedConv3d: (args) => new GroupedConv3D(args),
  tableConv2d: (args) => new TableConv2D(args),
  paddedPool2d: (args) => new PaddedPool2D(args),
  activationFunction: (args) => new ActivationFunction(args),
  crelu: (args) => new CReLU(args),
  maxout: (args) => new Maxout(args),
  groupNorm: (args) => new GroupNorm(args),
  lrn: (args) => new LRN(args),
  spatialDropout: (args) => new SpatialDropout(args),
  subtract: (args) => new Subtract(args),
  bidirectional,
}

const classes = [
  GroupedConv1D,
  GroupedConv2D,
  GroupedConv3D,
  TableConv2D,
  PaddedPool2D,
  ActivationFunction,
  CReLU,
  Maxout,
  GroupNorm,
  LRN,
  SpatialDropout,
  Subtract,
]
// So that saved models that hold them can be loaded.
for (const layer of classes) tf.serialization.registerClass(layer)
export const customClassNames: readonly string[] = classes.map((c) => c.className)
