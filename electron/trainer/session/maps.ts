import * as tf from '@tensorflow/tfjs'
import type { FeatureMaps, Planes } from '#shared/training/try'
import type { TrainedRun } from '../loadRun'

/** Channels sent without being asked for all. */
const FIRST = 64
/** Numbers of one answer, 16 MB as floats: what a window can take and draw at once. */
const MAX_VALUES = 4_000_000

export const base64 = (values: Float32Array): string =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')

/** What comes out of a layer for one input; null where the network has no such layer. */
export function createMaps({ compiled, model, project }: TrainedRun) {
  const models = new Map<string, tf.LayersModel>()
  const nodes = new Map(project.graph.nodes.map((n) => [n.id, n]))

  function modelOf(layer: string): tf.LayersModel | null {
    const known = models.get(layer)
    if (known) return known
    const [output] = compiled.values.get(layer) ?? []
    if (!output) return null
    const network = tf.model({ inputs: compiled.model.inputs, outputs: output })
    models.set(layer, network)
    return network
  }

  function kernelsOf(layer: string): Planes | null {
    if (nodes.get(layer)?.type !== 'conv2d') return null
    const kernel = compiled.weights.find((w) => w.name === `${layer}/kernel`)?.variable
    const [height = 0, width = 0, channels = 0, count = 0] = kernel?.shape ?? []
    if (!kernel || height * width < 2 || (channels !== 1 && channels !== 3)) return null
    const shown = planesOf(kernel.dataSync() as Float32Array, count, Math.min(count, FIRST))
    return { height, width, channels, count, ...shown }
  }

  return (layer: string, x: Float32Array, all: boolean): FeatureMaps | null => {
    const at = compiled.inputs.findIndex((input) => input.id === layer)
    const network = at >= 0 ? null : modelOf(layer)
    if (at < 0 && !network) return null
    const { values, shape } = tf.tidy(() => {
      const xs = model.feed(x, 1)
      const y = (network ? network.apply(xs, { training: false }) : xs[at]) as tf.Tensor
      return { values: y.dataSync() as Float32Array, shape: y.shape.slice(1) }
    })
    return mapsOf(layer, shape, values, all, kernelsOf(layer))
  }
}

/**
 * One plane per channel where there are pictures (H×W×C, and D×H×W×C with the slices under each other); a sequence T×C is one plane of T
 * rows, a vector one of a single row.
 */
function mapsOf(
  layer: string,
  shape: readonly number[],
  values: Float32Array,
  all: boolean,
  kernels: Planes | null,
): FeatureMaps {
  const pictures = shape.length > 2
  const count = pictures ? (shape.at(-1) ?? 1) : 1
  const width = (pictures ? shape.at(-2) : shape.at(-1)) ?? 1
  const area = values.length / count
  const wanted = all ? count : Math.min(count, FIRST)
  const sent = Math.max(Math.min(wanted, Math.floor(MAX_VALUES / area)), 1)
  const planes = { height: area / width, width, channels: 1, count } as const
  return { layer, shape: [...shape], planes: { ...planes, ...planesOf(values, count, sent) }, kernels }
}

/** The last axis, `count` long, becomes the first; `sent` of it are kept. */
function planesOf(values: Float32Array, count: number, sent: number) {
  const area = values.length / count
  const planes = new Float32Array(area * sent)
  for (let c = 0; c < sent; c++) for (let i = 0; i < area; i++) planes[c * area + i] = values[i * count + c] ?? 0
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const v of values)
    if (Number.isFinite(v)) {
      low = Math.min(low, v)
      high = Math.max(high, v)
    }
  return { values: base64(planes), low: low > high ? null : low, high: low > high ? null : high }
}
