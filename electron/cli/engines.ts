import type { Command } from 'commander'
import { trainerEntry } from '../paths'
import { createTrainer } from '../trainer/client'
import { fail, print } from './output'
import { table } from './table'

export function register(program: Command): void {
  program
    .command('engines')
    .description('list what can compute here, with versions, or why it cannot')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const engines = await createTrainer({ entry: trainerEntry }).engines()
      if (!engines.ok) return fail(engines.error.message)
      const rows = engines.value.map((e) => [
        e.name,
        e.version,
        e.available ? 'available' : (e.reason ?? 'not available'),
      ])
      print(options.json ? JSON.stringify(engines.value, null, 2) : table(['engine', 'version', ''], rows))
    })
}
