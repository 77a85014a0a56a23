import { ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import type { TrainerError } from '../protocol'
import { invalidData } from './files'

export interface NumpyArray {
  readonly shape: readonly number[]
  /** As in NumPy: `u1` unsigned bytes, `f4` float32, `i8` 64-bit integers, `b1` booleans. */
  readonly type: string
  readonly values: Float64Array | Float32Array | Uint8Array
}

const readers: Readonly<Record<string, (view: DataView, at: number, little: boolean) => number>> = {
  b1: (v, at) => v.getUint8(at),
  i1: (v, at) => v.getInt8(at),
  i2: (v, at, little) => v.getInt16(at, little),
  u2: (v, at, little) => v.getUint16(at, little),
  i4: (v, at, little) => v.getInt32(at, little),
  u4: (v, at, little) => v.getUint32(at, little),
  i8: (v, at, little) => Number(v.getBigInt64(at, little)),
  u8: (v, at, little) => Number(v.getBigUint64(at, little)),
  f4: (v, at, little) => v.getFloat32(at, little),
  f8: (v, at, little) => v.getFloat64(at, little),
}

/**
 * NumPy's array file: a magic word, a version, the length of a header, the header as a Python dictionary, the values.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. `name` stands for the file in messages.
 */
export function readNpy(bytes: Uint8Array, name: string): Result<NumpyArray, TrainerError> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 12 || view.getUint32(0) !== 0x934e554d || view.getUint16(4) !== 0x5059)
    return invalidData('notNpy', { path: name })
  const wide = view.getUint8(6) >= 2
  const start = (wide ? 12 : 10) + (wide ? view.getUint32(8, true) : view.getUint16(8, true))
  const header = new TextDecoder().decode(bytes.subarray(wide ? 12 : 10, start))
  const descr = /'descr': *'([<>|=]?)([a-zA-Z]\d+)'/.exec(header)
  const dims = /'shape': *\(([\d, L]*)\)/.exec(header)?.[1]
  if (dims === undefined || !/'fortran_order': *(True|False)/.test(header) || (!descr && !/'descr'/.test(header)))
    return invalidData('npyHeader', { path: name })
  const type = descr?.[2] ?? ''
  const read = readers[type]
  if (type !== 'u1' && !read) return invalidData('npyType', { path: name, type: type || 'object' })
  const shape = dims.split(',').flatMap((d) => (d.trim() === '' ? [] : [Number.parseInt(d, 10)]))
  if (header.includes("'fortran_order': True") && shape.length > 1) return invalidData('npyOrder', { path: name })
  const count = shape.reduce((a, b) => a * b, 1)
  const each = Number(type.slice(1))
  const wanted = start + count * each
  if (bytes.length !== wanted) {
    const needed = { path: name, values: phrase('valuesOf', { sizes: shape.join('×'), type }), wanted }
    return invalidData(bytes.length < wanted ? 'cutShort' : 'tooLong', { ...needed, received: bytes.length })
  }
  if (!read) return ok({ shape, type, values: bytes.subarray(start) })
  const little = descr?.[1] !== '>'
  const values = type === 'f4' ? new Float32Array(count) : new Float64Array(count)
  for (let i = 0; i < count; i++) values[i] = read(view, start + i * each, little)
  return ok({ shape, type, values })
}
