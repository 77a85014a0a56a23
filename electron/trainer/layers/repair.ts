import * as tf from '@tensorflow/tfjs'
import type { Factory } from '#shared/tfjs'
import { convWithBias } from '../engines/fusedConv'
import { normalizeAtOnce } from './batchNorm'
import { only } from './customLayer'
import { draw } from './draw'
import { sequenceAtOnce } from './lstm'

type Args = Readonly<Record<string, unknown>>
type Repair = (layer: tf.layers.Layer, args: Args) => void

/** Where a layer of tfjs cannot be trained with some settings, or only slowly, its way of computing is replaced; its name and settings stay. */
const repairs: Partial<Record<Factory, Repair>> = {
  conv2d: convolve,
  batchNormalization: trainPartial,
  layerNormalization: normalizePartial,
  thresholdedReLU: threshold,
  dropout: drop,
  gaussianNoise: addNoise,
  lstm: sequenceAtOnce,
}

export const repair = (factory: Factory, layer: tf.layers.Layer, args: Args): void => repairs[factory]?.(layer, args)

/** With our own fused operation, which trains faster and also where it is dilated. */
function convolve(layer: tf.layers.Layer, args: Args): void {
  const settings = {
    strides: args.strides as [number, number],
    pad: args.padding as 'same' | 'valid',
    dilations: args.dilationRate as [number, number],
  }
  const linear = args.activation === 'linear'
  const activation = tf.layers.activation({ activation: args.activation as 'relu' })
  layer.call = (inputs) =>
    tf.tidy(() => {
      const [kernel, bias] = layer.weights.map((w) => w.read())
      const y = convWithBias(only(inputs) as tf.Tensor4D, kernel as tf.Tensor4D, bias, settings)
      return linear ? y : (activation.apply(y) as tf.Tensor)
    })
}

/** tfjs reads scale and shift while training even where the layer has none: constants take their place. */
function trainPartial(layer: tf.layers.Layer, args: Args): void {
  normalizeAtOnce(layer, {
    momentum: args.momentum as number,
    epsilon: args.epsilon as number,
    scale: args.scale === true,
    center: args.center === true,
  })
  const build = layer.build.bind(layer)
  layer.build = (inputShape) => {
    build(inputShape)
    const size = layer.weights[0]?.shape ?? []
    const absent = { ...(!args.scale && { gamma: stand(size, 1) }), ...(!args.center && { beta: stand(size, 0) }) }
    Object.assign(layer, absent)
  }
}
const stand = (shape: tf.Shape, value: number) => ({ read: () => tf.fill(shape as number[], value) })

/** As tfjs does, with random numbers that an engine may draw. */
function drop(layer: tf.layers.Layer, args: Args): void {
  const kept = 1 - (args.rate as number)
  layer.call = (inputs, { training }) =>
    tf.tidy(() => {
      const x = only(inputs)
      if (!training || kept === 1) return tf.clone(x)
      return tf.mul(x, tf.div(tf.floor(tf.add(draw.uniform(x.shape, 0, 1), kept)), kept))
    })
}

function addNoise(layer: tf.layers.Layer, args: Args): void {
  layer.call = (inputs, { training }) =>
    tf.tidy(() => {
      const x = only(inputs)
      return training ? tf.add(draw.normal(x.shape, 0, args.stddev as number), x) : tf.clone(x)
    })
}

/** tfjs has no gradient of the comparison that its own makes. */
function threshold(layer: tf.layers.Layer, args: Args): void {
  layer.call = (inputs) =>
    tf.tidy(() => {
      const x = only(inputs)
      return tf.mul(x, tf.step(tf.sub(x, args.theta as number)))
    })
}

/** tfjs has no gradient of a layer normalization without scale or without shift, and none at all of volumes: it is composed here. */
function normalizePartial(layer: tf.layers.Layer, args: Args): void {
  const call = layer.call.bind(layer)
  layer.call = (inputs, settings) => {
    const x = only(inputs)
    if (args.scale && args.center && x.rank < 5) return call(inputs, settings)
    return tf.tidy(() => {
      const axes = [args.axis as number | number[]].flat().map((a) => (a < 0 ? a + x.rank : a))
      const { mean, variance } = tf.moments(x, axes, true)
      const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, args.epsilon as number)))
      const along = x.shape.map((n, i) => (axes.includes(i) ? n : 1))
      const weights = layer.weights.map((w) => tf.reshape(w.read(), along))
      const scaled = args.scale && weights[0] ? tf.mul(normal, weights[0]) : normal
      const shift = args.center ? weights.at(-1) : undefined
      return shift ? tf.add(scaled, shift) : scaled
    })
  }
}
