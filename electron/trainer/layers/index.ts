import * as tf from '@tensorflow/tfjs'
import type { CustomArgs, CustomName } from '#shared/tfjs'
import { GroupedConv2D } from './groupedConv2d'
import { PaddedPool2D } from './paddedPool2d'

/** The layers that tfjs lacks. A missing class is a compile error. */
export const customLayers: { readonly [K in CustomName]: (args: CustomArgs[K] & { name: string }) => tf.layers.Layer } =
  {
    groupedConv2d: (args) => new GroupedConv2D(args),
    paddedPool2d: (args) => new PaddedPool2D(args),
  }

for (const layer of [GroupedConv2D, PaddedPool2D]) tf.serialization.registerClass(layer)
