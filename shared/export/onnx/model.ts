import { Root, util } from 'protobufjs/light'
import type { Attribute, OnnxGraph, OnnxNode } from './graph'
import type { OnnxNetwork, OnnxPort } from './network'
import { onnxSchema } from './schema'
import { layOut } from './weightLayout'

/** What the files need of a reader: ONNX 1.12 of 2022 or later, which all of today's runtimes are. */
export const OPSET = 17
const IR_VERSION = 8
const [FLOAT, INT64] = [1, 7]

interface About {
  readonly name: string
  readonly version: string
  /** Whatever a user of the model must know, as text. */
  readonly properties: Readonly<Record<string, string>>
}

/** Weights in tfjs's layout by their names `<node>/<weight>`. */
type Weights = ReadonlyMap<string, { readonly values: Float32Array }>

function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(util.utf8.length(text))
  util.utf8.write(text, bytes, 0)
  return bytes
}
const bytesOf = (values: Float32Array | BigInt64Array) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

function attribute(name: string, value: Attribute): object {
  if (typeof value === 'number') return { name, type: 2, i: value }
  if (typeof value === 'string') return { name, type: 3, s: utf8(value) }
  if ('float' in value) return { name, type: 1, f: value.float }
  if ('floats' in value) return { name, type: 6, floats: value.floats }
  if ('strings' in value) return { name, type: 8, strings: value.strings.map(utf8) }
  return { name, type: 7, ints: value }
}

const node = ({ op, name, inputs, outputs, attributes, domain = '' }: OnnxNode) => ({
  opType: op,
  domain,
  name,
  input: inputs,
  output: outputs,
  attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
})

/** An input or output of a file; sizes in words are free. */
interface Slot {
  readonly name: string
  readonly shape: readonly (number | string)[]
}

const slot = ({ name, shape }: Slot) => {
  const dim = shape.map((n) => (typeof n === 'number' ? { dimValue: n } : { dimParam: n }))
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } }
}
const batched = ({ name, shape }: OnnxPort): Slot => ({ name, shape: ['batch', ...shape] })

/** The bytes of a `.onnx` file; numbers in it are little-endian, as on every machine that this runs on. Throws beyond the format's 2 GB. */
export function encodeOnnx({ graph, inputs, outputs }: OnnxNetwork, weights: Weights, about: About): Uint8Array {
  return encode(graph, inputs.map(batched), outputs.map(batched), weights, about)
}

const fed: About = { name: 'network', version: '', properties: {} }
const weightSlots = ({ weights }: OnnxGraph): Slot[] => weights.map(({ name, from }) => ({ name, shape: from }))

/** A graph for training, whose weights and noises are fed like its inputs. `results`: the tensors to hand out. */
export function encodeTraining(graph: OnnxGraph, inputs: readonly string[], results: readonly string[]): Uint8Array {
  const slots = (names: readonly string[]): Slot[] => names.map((name) => ({ name, shape: graph.sizeOf(name) }))
  const noises = graph.noises.map((n) => n.name)
  return encode(graph, [...slots([...inputs, ...noises]), ...weightSlots(graph)], slots(results), null, fed)
}

/** A graph for inference whose weights are fed like its inputs. */
export function encodeInference({ graph, inputs }: OnnxNetwork, outputs: readonly OnnxPort[]): Uint8Array {
  return encode(graph, [...inputs.map(batched), ...weightSlots(graph)], outputs.map(batched), null, fed)
}

function encode(
  graph: OnnxGraph,
  inputs: readonly Slot[],
  outputs: readonly Slot[],
  weights: Weights | null,
  about: About,
): Uint8Array {
  const initializers = (weights ? graph.weights : []).map((use) => {
    const { values, shape } = layOut(weights?.get(use.name)?.values ?? new Float32Array(), use.from, use)
    return { name: use.name, dims: shape, dataType: FLOAT, rawData: bytesOf(values) }
  })
  const constants = graph.constants.map(({ name, shape, values }) => ({
    name,
    dims: shape,
    dataType: values instanceof Float32Array ? FLOAT : INT64,
    rawData: bytesOf(values),
  }))
  const domains = new Set(graph.nodes.flatMap((n) => n.domain ?? []))
  const type = Root.fromJSON(onnxSchema).lookupType('Model')
  const message = {
    irVersion: IR_VERSION,
    producerName: 'Netloom',
    producerVersion: about.version,
    opsetImport: [{ domain: '', version: OPSET }, ...[...domains].map((domain) => ({ domain, version: 1 }))],
    metadataProps: Object.entries(about.properties).map(([key, value]) => ({ key, value })),
    graph: {
      name: about.name,
      node: graph.nodes.map(node),
      input: inputs.map(slot),
      output: outputs.map(slot),
      initializer: [...initializers, ...constants],
    },
  }
  return type.encode(type.fromObject(message)).finish()
}
