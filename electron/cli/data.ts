import type { Command } from 'commander'
import { showShape } from '#shared/layer'
import { err, ok, type Result } from '#shared/result'
import { defaultTraining } from '#shared/training/config'
import { builtInData } from '#shared/training/dataSets'
import { noteText } from '#shared/training/notes'
import type { DataSummary } from '#shared/training/run'
import { absoluteSpec, fileKinds } from '../dataSpec'
import { trainerEntry } from '../paths'
import { download } from '../publicData/download'
import { publicSets } from '../publicData/sets'
import { createTrainer } from '../trainer/client'
import { count, figure, percent } from './figures'
import { fail, print } from './output'
import { table } from './table'

export function register(program: Command): void {
  program
    .command('data')
    .description('look at a data set: size, shape, classes, what is wrong with it')
    .argument('<spec>', `${builtInData.join(', ')}; or a file: ${fileKinds.map((kind) => `${kind}:<path>`).join(', ')}`)
    .option('--json', 'print JSON, with a few samples')
    .option('--download <folder>', `fetch a public set into this folder first: ${Object.keys(publicSets).join(', ')}`)
    .action(async (given: string, options: { json?: boolean; download?: string }) => {
      const found = options.download === undefined ? ok(given) : await fetchSet(given, options.download)
      if (!found.ok) return fail(found.error)
      const spec = found.value
      const summary = await createTrainer({ entry: trainerEntry }).describe(absoluteSpec(spec), shares)
      if (!summary.ok) return fail(summary.error.message)
      print(options.json ? JSON.stringify(summary.value, null, 2) : show(summary.value))
    })
}

/** The parts that a training makes unless it is told otherwise. */
const { validationSplit, testSplit, seed } = defaultTraining
const shares = { validationSplit, testSplit, seed }
/** So many columns are written out. */
const MAX_PLACES = 20

/** Fetches a public set, with progress on the standard error, and gives its reference. */
async function fetchSet(name: string, folder: string): Promise<Result<string, string>> {
  const set = Object.hasOwn(publicSets, name) ? publicSets[name] : undefined
  if (!set) return err(`There is no public set ${name}. Known are ${Object.keys(publicSets).join(', ')}.`)
  let shown = ''
  return download(set, folder, (file, bytes, total) => {
    const part = total === null ? `${Math.floor(bytes / 1e6)} MB` : `${Math.floor((10 * bytes) / total) * 10} %`
    if (shown !== file + part) process.stderr.write(`${file}: ${part}\n`)
    shown = file + part
  })
}

function show({ spec, samples, inputShape, labels, balance, targetSize, problems, statistics }: DataSummary): string {
  const classes = labels?.map((label, i) => [label, count(balance?.[i] ?? 0), percent((balance?.[i] ?? 0) / samples)])
  return [
    spec,
    `${count(samples)} samples of ${showShape(inputShape)}; ${labels ? `${labels.length} classes` : `${targetSize} target ${targetSize === 1 ? 'number' : 'numbers'}`}`,
    ...(classes ? ['', table(['class', 'samples', 'share'], classes, ['left', 'right', 'right'])] : []),
    ...(statistics ? ['', showStatistics(statistics)] : []),
    ...(problems.length > 0 ? ['', ...problems.map(noteText)] : []),
  ].join('\n')
}

function showStatistics({ samples, places }: NonNullable<DataSummary['statistics']>): string {
  const rows = places
    .slice(0, MAX_PLACES)
    .map((p) => [p.name, figure(p.mean), figure(p.std), figure(p.min), figure(p.max)])
  return [
    `Figures of the training part: ${count(samples)} samples, at a validation split of ${validationSplit} and seed ${seed}`,
    table(['values', 'mean', 'std', 'min', 'max'], rows, ['left', 'right', 'right', 'right', 'right']),
    ...(places.length > MAX_PLACES ? [`and ${places.length - MAX_PLACES} more columns`] : []),
  ].join('\n')
}
