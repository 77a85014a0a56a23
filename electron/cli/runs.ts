import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { RunSummary } from '#shared/training/run'
import { listRuns } from '../trainer/runs'
import { compareRuns } from './compareRuns'
import { figure, percent } from './figures'
import { print } from './output'
import { table } from './table'

export function register(program: Command): void {
  const runs = program
    .command('runs')
    .description('list runs, newest first, or compare some')
    .argument('[folder]', 'folder of runs', 'runs')
    .option('--json', 'print JSON')
    .action(async (folder: string, options: { json?: boolean }) => {
      const found = await listRuns(resolve(folder))
      if (options.json) print(JSON.stringify(found, null, 2))
      else print(found.length > 0 ? show(found) : `There are no runs in ${resolve(folder)}.`)
    })
  runs
    .command('compare')
    .description('put runs side by side: the settings that differ, and their best figures')
    .argument('<runs...>', 'the folders of two runs or more')
    .option('--json', 'print JSON')
    .action((folders: string[], _: unknown, command: Command) =>
      compareRuns(folders, command.optsWithGlobals<{ json?: boolean }>().json ?? false),
    )
}

function show(runs: readonly RunSummary[]): string {
  const numbers = runs.some((r) => r.valRmse !== undefined)
  return table(
    [
      'run',
      'network',
      'state',
      'engine',
      'epochs',
      'loss',
      'val loss',
      'val accuracy',
      ...(numbers ? ['val RMSE'] : []),
    ],
    runs.map((r) => [
      r.id,
      r.name,
      r.state,
      r.engine,
      `${r.epochsDone}/${r.epochs}`,
      figure(r.loss),
      figure(r.valLoss),
      percent(r.valAccuracy),
      ...(numbers ? [figure(r.valRmse ?? null)] : []),
    ]),
    ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right', 'right'],
  )
}
