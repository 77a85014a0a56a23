import { ok } from '#shared/result'
import { type BuiltInData, builtInData, builtInOf } from '#shared/training/dataSets'
import { type FileKind, fileKinds, isFileKind, splitSpec } from '../../dataSpec'
import { publicSets } from '../../publicData/sets'
import { openCifar } from './cifar'
import { openCsv } from './csv'
import type { DataResult, DataSet } from './dataSet'
import { digits } from './digits'
import { invalidData } from './files'
import { openIdx } from './idx'
import { openImages } from './images'
import { openNpy, openNpz } from './numpy'
import { curve, spirals } from './points'
import { sequences } from './sequences'
import { shapes } from './shapes'
import type { TableEncoding } from './tableEncoding'

/** Made by us, so that anyone can start without a file. */
const builtIn: Readonly<Record<BuiltInData, () => DataSet>> = { digits, shapes, spirals, curve, sequences }
/** Drawing takes half a second, and always gives the same samples. */
const drawn = new Map<BuiltInData, DataSet>()

function openBuiltIn(name: BuiltInData): DataSet {
  const data = drawn.get(name) ?? builtIn[name]()
  drawn.set(name, data)
  return data
}

const files: { readonly [K in FileKind]: (spec: string, table?: TableEncoding) => Promise<DataResult> } = {
  csv: openCsv,
  idx: openIdx,
  cifar10: openCifar,
  cifar100: openCifar,
  images: (spec) => openImages(spec),
  npy: openNpy,
  npz: openNpz,
}

/** Opens what a spec names: a built-in set, or `<kind>:<path>?option=value`. A table is read as `table` says, if it is given: that of a run. */
export async function openData(spec: string, table?: TableEncoding): Promise<DataResult> {
  const name = builtInOf(spec)
  if (name) return ok(openBuiltIn(name))
  const kind = splitSpec(spec)?.kind ?? ''
  if (isFileKind(kind)) return files[kind](spec, table)
  if (Object.hasOwn(publicSets, spec)) return invalidData('publicData', { spec })
  if (spec === '') return invalidData('noData', {})
  const kinds = fileKinds.map((k) => `${k}:<path>`).join(', ')
  return invalidData('unknownData', { spec: JSON.stringify(spec), builtIn: builtInData.join(', '), kinds })
}
