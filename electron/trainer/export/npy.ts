import { zipSync } from 'fflate'

interface Saved {
  readonly values: Float32Array | Uint8Array | Uint16Array
  readonly shape: readonly number[]
}

const typeOf = (values: Saved['values']): string =>
  values instanceof Float32Array ? '<f4' : values instanceof Uint8Array ? '|u1' : '<u2'

/** NumPy's array file: a magic word, version 1.0, a header as a Python dictionary that ends at a multiple of 64, the values. */
function npy({ shape, values }: Saved): Uint8Array {
  const dims = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`
  const dictionary = `{'descr': '${typeOf(values)}', 'fortran_order': False, 'shape': ${dims}, }`
  const header = dictionary.padEnd(Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 11)
  const bytes = new Uint8Array(10 + header.length + 1 + values.byteLength)
  bytes.set([0x93, ...Buffer.from('NUMPY'), 1, 0])
  new DataView(bytes.buffer).setUint16(8, header.length + 1, true)
  bytes.set(Buffer.from(`${header}\n`), 10)
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 10 + header.length + 1)
  return bytes
}

/** Arrays as `numpy.savez_compressed` writes them. */
export const npz = (arrays: Readonly<Record<string, Saved>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, npy(array)])))
