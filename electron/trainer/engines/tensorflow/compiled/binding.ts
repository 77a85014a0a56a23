import * as tf from '@tensorflow/tfjs'

/** An attribute of an operator as the addon of tfjs-node takes it; `type` is one of its TF_ATTR_ numbers. */
export interface Attribute {
  readonly name: string
  readonly type: number
  readonly value: string | number | boolean | readonly number[]
}

/** Attributes by TensorFlow's numbers of kinds and types. */
export const attribute = {
  text: (name: string, value: string): Attribute => ({ name, type: 0, value }),
  int: (name: string, value: number): Attribute => ({ name, type: 1, value }),
  ints: (name: string, value: readonly number[]): Attribute => ({ name, type: 1, value }),
  float: (name: string, value: number): Attribute => ({ name, type: 2, value }),
  bool: (name: string, value: boolean): Attribute => ({ name, type: 3, value }),
  float32: (name: string): Attribute => ({ name, type: 4, value: 1 }),
  int32: (name: string): Attribute => ({ name, type: 4, value: 3 }),
}

/** A tensor that the addon holds. */
export interface Held {
  readonly id: number
  readonly shape: readonly number[]
  readonly dtype: number
}

/** What is used of the addon. */
export interface Binding {
  createTensor(shape: readonly number[], dtype: number, values: Bytes): number
  deleteTensor(id: number): void
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array
  executeOp(op: string, attributes: readonly Attribute[], inputs: readonly number[], outputs: number): Held[]
  loadSavedModel(folder: string, tags: string): number
  deleteSavedModel(session: number): void
  runSavedModel(session: number, inputs: readonly number[], names: string, outputs: string): Held[]
}
export type Bytes = Float32Array | Int32Array | Uint8Array

/** What is used of the backend of tfjs-node 4.22, all of it private there. */
export interface NodeBackend {
  binding: Binding
  readonly isUsingGpuDevice: boolean
  /** Ids of tensors; hands those over to the addon that still lie in JavaScript. */
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[]
  createOutputTensor(held: Held): tf.Tensor
  /** Takes up values, and leaves them in JavaScript for the time being; answers a new id of data. */
  write(values: unknown, shape: readonly number[], dtype: tf.DataType): object
  tensorMap: { get(dataId: object): { readonly values: unknown } | undefined }
}

const methods = [
  'createTensor',
  'deleteTensor',
  'tensorDataSync',
  'executeOp',
  'loadSavedModel',
  'runSavedModel',
  'deleteSavedModel',
]

/** Runs an operator of TensorFlow by its name there. */
export function execute(
  backend: NodeBackend,
  op: string,
  attributes: readonly Attribute[],
  inputs: readonly tf.TensorInfo[],
  outputs = 1,
): [tf.Tensor, ...tf.Tensor[]] {
  const held = backend.binding.executeOp(op, attributes, backend.getInputTensorIds(inputs), outputs)
  const [first, ...others] = held.map((h) => backend.createOutputTensor(h))
  if (!first) throw new Error(`TensorFlow's ${op} gave nothing.`)
  return [first, ...others]
}

/** Null where another version of tfjs-node has it otherwise. */
export function nodeBackend(): NodeBackend | null {
  const backend: unknown = tf.findBackend('tensorflow')
  return isNodeBackend(backend) ? backend : null
}

function isNodeBackend(backend: unknown): backend is NodeBackend {
  if (!has(backend, ['getInputTensorIds', 'createOutputTensor', 'write'])) return false
  const { binding, tensorMap } = backend as { readonly binding?: unknown; readonly tensorMap?: unknown }
  return has(binding, methods) && has(tensorMap, ['get'])
}

const has = (value: unknown, names: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && names.every((n) => typeof Reflect.get(value, n) === 'function')
