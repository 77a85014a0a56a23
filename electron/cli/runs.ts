import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { RunSummary } from '#shared/training/run'
import { listRuns } from '../trainer/runs'
import { figure, percent } from './figures'
import { print } from './output'
import { table } from './table'

export function register(program: Command): void {
  program
    .command('runs')
    .description('list runs, newest first')
    .argument('[folder]', 'folder of runs', 'runs')
    .option('--json', 'print JSON')
    .action(async (folder: string, options: { json?: boolean }) => {
      const runs = await listRuns(resolve(folder))
      if (options.json) print(JSON.stringify(runs, null, 2))
      else print(runs.length > 0 ? show(runs) : `There are no runs in ${resolve(folder)}.`)
    })
}

const show = (runs: readonly RunSummary[]): string =>
  table(
    ['run', 'network', 'state', 'engine', 'epochs', 'loss', 'val loss', 'val accuracy'],
    runs.map((r) => [
      r.id,
      r.name,
      r.state,
      r.engine,
      `${r.epochsDone}/${r.epochs}`,
      figure(r.loss),
      figure(r.valLoss),
      percent(r.valAccuracy),
    ]),
    ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right'],
  )
