import { err, ok } from '#shared/result'
import { type BuiltInData, builtInData, builtInOf } from '#shared/training/dataSets'
import { type FileKind, fileKinds, isFileKind, splitSpec } from '../../dataSpec'
import { publicSets } from '../../publicData/sets'
import { openCifar } from './cifar'
import { openCsv } from './csv'
import type { DataResult, DataSet } from './dataSet'
import { digits } from './digits'
import { openIdx } from './idx'
import { openImages } from './images'
import { openNpy, openNpz } from './numpy'
import { curve, spirals } from './points'
import { sequences } from './sequences'
import { shapes } from './shapes'
import type { TableEncoding } from './tableEncoding'

/** Made by us, so that anyone can start without a file. */
const builtIn: Readonly<Record<BuiltInData, () => DataSet>> = { digits, shapes, spirals, curve, sequences }

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
  if (name) return ok(builtIn[name]())
  const kind = splitSpec(spec)?.kind ?? ''
  if (isFileKind(kind)) return files[kind](spec, table)
  if (Object.hasOwn(publicSets, spec))
    return err({
      code: 'invalidData',
      message: `${spec} is a public set that is not part of Netloom. Fetch it with: netloom data ${spec} --download data/${spec}. Then use the reference that this prints.`,
    })
  const message = spec
    ? `There is no data set ${JSON.stringify(spec)}. Use one of ${builtInData.join(', ')}, or a file: ${fileKinds.map((k) => `${k}:<path>`).join(', ')}.`
    : 'No data set is chosen. Choose the built-in digits, or a CSV file.'
  return err({ code: 'invalidData', message })
}
