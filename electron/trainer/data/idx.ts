import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { labelsFile } from '../../dataSpec'
import type { TrainerError } from '../protocol'
import { inBytes } from './bytes'
import { classesOf, classProblems } from './classes'
import type { DataResult } from './dataSet'
import { invalidData, readBytes } from './files'
import { parseSpec } from './spec'

interface Idx {
  readonly dims: readonly number[]
  readonly bytes: Uint8Array
}

/**
 * MNIST's format: two zero bytes, the kind of the values (8: unsigned bytes), the number of dimensions, each as a big-endian 32-bit
 * number, then the values. http://yann.lecun.com/exdb/mnist/
 */
async function readIdx(path: string): Promise<Result<Idx, TrainerError>> {
  const read = await readBytes(path)
  if (!read.ok) return read
  const bytes = read.value
  const rank = bytes[3] ?? 0
  if (bytes.length < 8 || bytes.readUInt16BE(0) !== 0 || rank < 1 || rank > 4) return invalidData('notIdx', { path })
  if (bytes[2] !== 8) return invalidData('idxKind', { path, kind: bytes[2] ?? 0 })
  const header = 4 + 4 * rank
  if (bytes.length < header) return invalidData('idxHeader', { path })
  const dims = Array.from({ length: rank }, (_, i) => bytes.readUInt32BE(4 + 4 * i))
  const wanted = header + dims.reduce((a, b) => a * b, 1)
  if (bytes.length !== wanted) {
    const values = phrase('values', { sizes: dims.join('×') })
    return invalidData(bytes.length < wanted ? 'cutShort' : 'tooLong', { path, values, wanted, received: bytes.length })
  }
  return ok({ dims, bytes: bytes.subarray(header) })
}

/** The name that goes with images by MNIST's custom: `train-images-idx3-ubyte.gz` → `train-labels-idx1-ubyte.gz`, or without `.gz`. */
function labelsBeside(images: string): string | null {
  const name = basename(images)
  const usual = name.replace(/images/i, 'labels').replace(/idx[34]/i, 'idx1')
  if (usual === name) return null
  const others = usual.endsWith('.gz') ? [usual, usual.slice(0, -3)] : [usual, `${usual}.gz`]
  return others.map((n) => join(dirname(images), n)).find((p) => existsSync(p)) ?? null
}

/** `idx:<images>?labels=<file>`; a relative labels file lies beside the images. */
export async function openIdx(spec: string): Promise<DataResult> {
  const parsed = parseSpec(spec, ['labels'])
  if (!parsed.ok) return parsed
  const { path } = parsed.value
  const images = await readIdx(path)
  if (!images.ok) return images
  const labelsPath = labelsFile(spec) ?? labelsBeside(path)
  if (labelsPath === null) return invalidData('idxNoLabels', { path })
  const labels = await readIdx(labelsPath)
  if (!labels.ok) return labels
  const [count = 0, ...sample] = images.value.dims
  if (sample.length === 0) return invalidData('idxOneAxis', { path })
  if (labels.value.dims.length !== 1 || labels.value.dims[0] !== count)
    return invalidData('imagesAndLabels', {
      path,
      count,
      labels: labelsPath,
      received: labels.value.dims.join('×'),
    })
  if (count === 0) return invalidData('noImages', { path })
  const classes = classesOf(labels.value.bytes, labelsPath)
  if (!classes.ok) return classes
  const { labels: names, targets } = classes.value
  return ok(
    inBytes(images.value.bytes, targets, {
      spec,
      inputShape: sample.length === 2 ? [...sample, 1] : sample,
      labels: names,
      problems: classProblems(names, targets),
    }),
  )
}
