import { err, ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import type { Arrays } from './model'

/**
 * The safetensors format: 8 bytes length of the header (little endian), the header as JSON, the values. Float32 only; `metadata` holds
 * texts. Readable in Python with the package of that name.
 */
export function writeSafetensors(arrays: Arrays, metadata: Readonly<Record<string, string>>): Buffer {
  let offset = 0
  const header: Record<string, unknown> = { __metadata__: metadata }
  for (const [name, { values, shape }] of arrays) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] }
    offset += values.byteLength
  }
  const text = JSON.stringify(header)
  // The values begin at a multiple of 8.
  const json = Buffer.from(text.padEnd(text.length + ((8 - (Buffer.byteLength(text) % 8)) % 8)))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  const parts = [...arrays.values()].map(({ values: v }) => Buffer.from(v.buffer, v.byteOffset, v.byteLength))
  return Buffer.concat([length, json, ...parts])
}

export interface Safetensors {
  readonly arrays: Arrays
  readonly metadata: Readonly<Record<string, string>>
}

/** The error says what is wrong with the file. */
export function readSafetensors(file: Buffer): Result<Safetensors, string> {
  if (file.length < 8) return err(phrase('shorterThanHeader', {}))
  const length = Number(file.readBigUInt64LE(0))
  if (length > file.length - 8) return err(phrase('shorterThanSaid', {}))
  let header: unknown
  try {
    header = JSON.parse(file.subarray(8, 8 + length).toString('utf8'))
  } catch {
    return err(phrase('headerNotJson', {}))
  }
  if (typeof header !== 'object' || header === null) return err(phrase('headerNoObject', {}))
  const arrays = new Map<string, { values: Float32Array; shape: readonly number[] }>()
  let metadata: Readonly<Record<string, string>> = {}
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') {
      metadata = entry as Readonly<Record<string, string>>
      continue
    }
    const { dtype, shape, data_offsets: at } = entry as { dtype?: unknown; shape?: number[]; data_offsets?: number[] }
    const [from = 0, to = 0] = at ?? []
    const size = (shape ?? []).reduce((a, b) => a * b, 1)
    if (dtype !== 'F32' || !shape || to - from !== size * 4) return err(phrase('badEntry', { name }))
    if (8 + length + to > file.length) return err(phrase('valuesCut', { name }))
    // Copied, so that the values are aligned.
    const bytes = Uint8Array.from(file.subarray(8 + length + from, 8 + length + to))
    arrays.set(name, { values: new Float32Array(bytes.buffer), shape })
  }
  return ok({ arrays, metadata })
}
