import type { Source } from '#shared/export/torch/project/index'
import { ok, type Result } from '#shared/result'
import { builtInOf } from '#shared/training/dataSets'
import { isFileKind, labelsFile, splitSpec } from '../../../dataSpec'
import type { DataSet } from '../../data/dataSet'
import { invalidData } from '../../data/files'
import { openData } from '../../data/open'
import type { TrainerError } from '../../protocol'
import { npz } from '../npy'
import type { Subject } from '../subject'

const ARRAYS = 'data.npz'

export interface FoundSource {
  readonly source: Source
  /** What goes along with the project. */
  readonly files: Readonly<Record<string, Uint8Array | string>>
}

/** Where a project reads its samples: built-in sets are written out, files stay where they are. */
export async function sourceOf({
  data: spec,
  samples,
}: Pick<Subject, 'data' | 'samples'>): Promise<Result<FoundSource, TrainerError>> {
  if (spec === '') return ok({ source: { kind: 'arrays', path: ARRAYS, awaited: true }, files: {} })
  if (builtInOf(spec)) {
    const opened = await openData(spec)
    return opened.ok
      ? ok({
          source: { kind: 'arrays', path: ARRAYS, awaited: false },
          files: { [ARRAYS]: npz(arraysOf(opened.value)) },
        })
      : opened
  }
  const { kind = '', path = '', options = '' } = splitSpec(spec) ?? {}
  const given = new URLSearchParams(options)
  if (!isFileKind(kind)) return invalidData('noPythonReader', { spec: JSON.stringify(spec) })
  switch (kind) {
    case 'csv':
      if (!samples.table) return invalidData('noTableEncoding', {})
      return ok({ source: { kind, path }, files: { 'table.json': `${JSON.stringify(samples.table, null, 1)}\n` } })
    case 'npz':
      return ok({ source: { kind, path, x: given.get('x'), y: given.get('y') }, files: {} })
    case 'npy':
    case 'idx':
      return ok({ source: { kind, path, labels: labelsFile(spec) }, files: {} })
    case 'images':
    case 'cifar10':
    case 'cifar100':
      return ok({ source: { kind, path }, files: {} })
  }
}

function arraysOf(data: DataSet) {
  const { inputShape, labels, size, targetSize } = data
  const width = inputShape.reduce((a, b) => a * b, 1)
  const values = new Float32Array(size * width)
  for (let i = 0; i < size; i++) data.read(i, values, i * width)
  const x = { values, shape: [size, ...inputShape] }
  if (labels) return { x, y: { values: Uint16Array.from({ length: size }, (_, i) => data.classOf(i)), shape: [size] } }
  const targets = new Float32Array(size * targetSize)
  for (let i = 0; i < size; i++) data.target(i, targets, i * targetSize)
  return { x, y: { values: targets, shape: [size, targetSize] } }
}
