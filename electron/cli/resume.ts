import { resolve } from 'node:path'
import type { Command } from 'commander'
import { trainerEntry } from '../paths'
import { createTrainer } from '../trainer/client'
import { readRun } from '../trainer/runs'
import { followTraining } from './followTraining'

export function register(program: Command): void {
  program
    .command('resume')
    .description('go on with a run that was stopped or lost, from its last checkpoint')
    .argument('<run>', 'the folder of a run')
    .option('--json', 'print every event as one line of JSON')
    .addHelpText('after', '\nThe curve is that of a run that was never stopped. Ctrl-C stops and saves again.')
    .action(async (run: string, { json = false }: { json?: boolean }) => {
      const folder = resolve(run)
      const trainer = createTrainer({ entry: trainerEntry })
      const detail = await readRun(folder)
      const begun = detail.ok ? (detail.value.started ?? null) : null
      await followTraining(folder, json, (onEvent) => trainer.resume(folder, onEvent), begun)
    })
}
