import type { Command } from 'commander'
import { showShape } from '#shared/layer'
import { builtInData } from '#shared/training/dataSets'
import type { DataSummary } from '#shared/training/run'
import { absoluteSpec, fileKinds } from '../dataSpec'
import { trainerEntry } from '../paths'
import { createTrainer } from '../trainer/client'
import { count, percent } from './figures'
import { fail, print } from './output'
import { table } from './table'

export function register(program: Command): void {
  program
    .command('data')
    .description('look at a data set: size, shape, classes, what is wrong with it')
    .argument('<spec>', `${builtInData.join(', ')}; or a file: ${fileKinds.map((kind) => `${kind}:<path>`).join(', ')}`)
    .option('--json', 'print JSON, with a few samples')
    .action(async (spec: string, options: { json?: boolean }) => {
      const summary = await createTrainer({ entry: trainerEntry }).describe(absoluteSpec(spec))
      if (!summary.ok) return fail(summary.error.message)
      print(options.json ? JSON.stringify(summary.value, null, 2) : show(summary.value))
    })
}

function show({ spec, samples, inputShape, labels, balance, targetSize, problems }: DataSummary): string {
  const classes = labels?.map((label, i) => [label, count(balance?.[i] ?? 0), percent((balance?.[i] ?? 0) / samples)])
  return [
    spec,
    `${count(samples)} samples of ${showShape(inputShape)}; ${labels ? `${labels.length} classes` : `${targetSize} target numbers`}`,
    ...(classes ? ['', table(['class', 'samples', 'share'], classes, ['left', 'right', 'right'])] : []),
    ...(problems.length > 0 ? ['', ...problems] : []),
  ].join('\n')
}
