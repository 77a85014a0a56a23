import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ok, type Result } from '#shared/result'
import type { TrainerError } from '../protocol'
import { inBytes } from './bytes'
import { classProblems } from './classes'
import type { DataResult } from './dataSet'
import { invalidData, readBytes, unreadable } from './files'
import { parseSpec } from './spec'

const PIXELS = 32 * 32
const kinds = {
  cifar10: {
    /** Bytes before a picture; the last of them is its class. */
    header: 1,
    classes: 10,
    files: /^(data_batch_\d+|test_batch)\.bin(\.gz)?$/,
    usual: 'data_batch_1.bin',
    names: 'batches.meta.txt',
    labels: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  },
  cifar100: {
    header: 2,
    classes: 100,
    files: /^(train|test)\.bin(\.gz)?$/,
    usual: 'train.bin',
    names: 'fine_label_names.txt',
    labels: Array.from({ length: 100 }, (_, i) => String(i)),
  },
} as const
type Kind = keyof typeof kinds

/**
 * `cifar10:` or `cifar100:` and a binary file, or the folder of all of them. A record is the class (CIFAR-100: the coarse one, then the
 * fine one) and 3072 bytes: all reds, all greens, all blues. https://www.cs.toronto.edu/~kriz/cifar.html
 */
export async function openCifar(spec: string): Promise<DataResult> {
  const kind: Kind = spec.startsWith('cifar100:') ? 'cifar100' : 'cifar10'
  const parsed = parseSpec(spec, [])
  if (!parsed.ok) return parsed
  const { path } = parsed.value
  const files = await filesOf(path, kind)
  if (!files.ok) return files
  const { header, classes } = kinds[kind]
  const record = header + 3 * PIXELS
  const parts: Buffer[] = []
  for (const file of files.value) {
    const bytes = await readBytes(file)
    if (!bytes.ok) return bytes
    if (bytes.value.length === 0 || bytes.value.length % record !== 0)
      return invalidData('notCifar', { path: file, kind, bytes: bytes.value.length, record })
    parts.push(bytes.value)
  }
  const count = parts.reduce((sum, part) => sum + part.length / record, 0)
  const pixels = new Uint8Array(count * 3 * PIXELS)
  const targets = new Uint16Array(count)
  let at = 0
  for (const [f, part] of parts.entries())
    for (let from = 0; from < part.length; from += record, at++) {
      const label = part[from + header - 1] ?? 0
      if (label >= classes)
        return invalidData('cifarClass', {
          path: files.value[f] ?? path,
          record: from / record,
          label,
          kind,
          classes,
        })
      targets[at] = label
      for (let c = 0; c < 3; c++)
        for (let p = 0; p < PIXELS; p++) pixels[(at * PIXELS + p) * 3 + c] = part[from + header + c * PIXELS + p] ?? 0
    }
  const labels = await namesBeside(files.value[0] ?? path, kind)
  const problems = classProblems(labels, targets)
  return ok(inBytes(pixels, targets, { spec, inputShape: [32, 32, 3], labels, problems }))
}

async function filesOf(path: string, kind: Kind): Promise<Result<readonly string[], TrainerError>> {
  try {
    if (!(await stat(path)).isDirectory()) return ok([path])
    const names = (await readdir(path)).filter((name) => kinds[kind].files.test(name)).sort()
    return names.length > 0
      ? ok(names.map((name) => join(path, name)))
      : invalidData('noCifar', { path, kind, usual: kinds[kind].usual })
  } catch (e) {
    return unreadable(path, e)
  }
}

/** The archive brings a list of the class names; without it the classes of CIFAR-100 are numbers. */
async function namesBeside(file: string, kind: Kind): Promise<readonly string[]> {
  const { labels, names } = kinds[kind]
  const read = await readBytes(join(dirname(file), names))
  if (!read.ok) return labels
  const lines = read.value.toString('utf8').split('\n')
  const given = lines.map((line) => line.trim()).filter((line) => line !== '')
  return given.length === labels.length ? given : labels
}
