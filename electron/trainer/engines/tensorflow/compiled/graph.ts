import type { DataType } from '@tensorflow/tfjs'
import { Root } from 'protobufjs/light'
import type { Attribute, Bytes } from './binding'
import { schema } from './schema'

/** TensorFlow's numbers of types. */
const types: Readonly<Partial<Record<DataType, number>>> = { float32: 1, int32: 3, bool: 10 }
/** Of a graph: any of TensorFlow 2, which reads older ones. */
const PRODUCER = 1000
export const TAG = 'serve'

/** In the order of the numbers that the addon gives to kinds of attributes. */
const kinds = ['s', 'i', 'f', 'b', 'type', 'shape'] as const

const shapeOf = (shape: readonly number[]) => ({ dim: shape.map((size) => ({ size })) })

/** An operator, as a graph of TensorFlow has it. `input`: the tensors that it takes. */
export interface GraphNode {
  readonly name: string
  readonly op: string
  readonly input: readonly string[]
  readonly attr: Readonly<Record<string, object>>
}

/** A graph of TensorFlow under construction. Tensors go by `<node>` or `<node>:<output>`. */
export class TensorFlowGraph {
  readonly nodes: readonly GraphNode[]
  private readonly all: GraphNode[]

  constructor(nodes: readonly GraphNode[] = []) {
    this.all = [...nodes]
    this.nodes = this.all
  }

  /** Name of the node; its first output goes by it, too. */
  operator(op: string, inputs: readonly string[], attributes: readonly Attribute[]): string {
    return this.add(op, inputs, Object.fromEntries(attributes.map((a) => [a.name, attributeOf(a)])))
  }

  /** What is fed. */
  placeholder(dtype: DataType, shape: readonly number[]): string {
    return this.add('Placeholder', [], { dtype: typeOf(dtype), shape: { shape: shapeOf(shape) } })
  }

  identity(of: string, dtype: DataType): string {
    return this.add('Identity', [of], { T: typeOf(dtype) })
  }

  constant(dtype: number, shape: readonly number[], values: Bytes): string {
    const tensor = { dtype, shape: shapeOf(shape), ...contentOf(dtype, values) }
    return this.add('Const', [], { dtype: { type: dtype }, value: { tensor } })
  }

  /** The bytes of a `saved_model.pb`. */
  encode(): Uint8Array {
    const type = Root.fromJSON(schema).lookupType('SavedModel')
    const graph = { node: this.all, versions: { producer: PRODUCER } }
    return type.encode(type.fromObject({ version: 1, metaGraphs: [{ info: { tags: [TAG] }, graph }] })).finish()
  }

  private add(op: string, input: readonly string[], attr: Readonly<Record<string, object>>): string {
    const name = `n${this.all.length}`
    this.all.push({ name, op, input, attr })
    return name
  }
}

function typeOf(dtype: DataType): object {
  const type = types[dtype]
  if (type === undefined) throw new Error(`A graph was given a tensor of the type ${dtype}.`)
  return { type }
}

function attributeOf({ name, type, value }: Attribute): object {
  const kind = kinds[type]
  if (!kind) throw new Error(`The attribute ${name} is of kind ${type}, which no graph takes.`)
  if (kind === 'shape') return { shape: shapeOf(value as readonly number[]) }
  if (kind === 's') return { s: Buffer.from(String(value)) }
  return Array.isArray(value) ? { list: { [kind]: value } } : { [kind]: value }
}

/** A value that fills its tensor is written once: loading takes seconds otherwise. */
function contentOf(dtype: number, values: Bytes): object {
  const [first = 0] = values
  if (values.length > 1 && values.every((v) => Object.is(v, first))) {
    if (dtype === types.float32) return { floats: [first] }
    if (dtype === types.int32) return { ints: [first] }
    if (dtype === types.bool) return { bools: [first !== 0] }
  }
  return { content: new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice() }
}
