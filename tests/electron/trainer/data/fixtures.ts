import type { DataSet } from '../../../../electron/trainer/data/dataSet'

/** An IDX file of unsigned bytes. */
export function idx(dims: readonly number[], values: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * dims.length)
  header[2] = 8
  header[3] = dims.length
  dims.forEach((d, i) => {
    header.writeUInt32BE(d, 4 + 4 * i)
  })
  return Buffer.concat([header, Buffer.from(values)])
}

/** A NumPy file as numpy.save writes it. */
export function npy(type: string, shape: readonly number[], values: Uint8Array, order = 'False'): Buffer {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': (${dims}), }`
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`
  const length = Buffer.alloc(2)
  length.writeUInt16LE(header.length)
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(header), values])
}
export const bytesOf = (array: Float32Array | Float64Array | BigInt64Array | Int32Array): Uint8Array =>
  new Uint8Array(array.buffer)

/** Values and target of one sample. */
export function sample(data: DataSet | null, i: number): number[][] {
  if (!data) return []
  const [x, y] = [new Float32Array(data.inputShape.reduce((a, b) => a * b, 1)), new Float32Array(data.targetSize)]
  data.read(i, x, 0)
  data.target(i, y, 0)
  return [[...x], [...y]]
}
