import { resolve } from 'node:path'
import type { Command } from 'commander'
import { noteText } from '#shared/training/notes'
import type { PredictionReport } from '#shared/training/run'
import { trainerEntry } from '../paths'
import { createTrainer } from '../trainer/client'
import { figure, percent } from './figures'
import { fail, print } from './output'
import { table } from './table'

/** So many of the classes are named. */
const TOP = 5

export function register(program: Command): void {
  program
    .command('predict')
    .description('ask the network of a run about a picture, or about each row of a table')
    .argument('<run>', 'the folder of a run')
    .argument('<file>', 'a picture (PNG, JPEG, WebP), or a CSV table of inputs without labels')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nA picture is stretched to the size of the run’s samples; it should be as light or dark as they are.',
    )
    .action(async (folder: string, file: string, { json }: { json?: boolean }) => {
      const report = await createTrainer({ entry: trainerEntry }).predict(resolve(folder), resolve(file))
      if (!report.ok) return fail(report.error.message)
      print(json ? JSON.stringify(toJson(report.value), null, 2) : show(report.value))
    })
}

interface Ranked {
  readonly label: string
  readonly output: number | null
}

const rank = (labels: readonly string[], outputs: readonly (number | null)[]): readonly Ranked[] =>
  outputs
    .map((output, i) => ({ label: labels[i] ?? String(i), output }))
    .sort((a, b) => (b.output ?? Number.NEGATIVE_INFINITY) - (a.output ?? Number.NEGATIVE_INFINITY))
    .slice(0, TOP)

/** For every sample the classes of the highest outputs, or the predicted numbers. */
const toJson = ({ labels, meaning, outputs, notes }: PredictionReport) => ({
  meaning,
  notes: notes.map(noteText),
  predictions: outputs.map((o) =>
    labels ? { label: rank(labels, o)[0]?.label ?? null, top: rank(labels, o) } : { values: o },
  ),
})

function show({ labels, meaning, outputs, notes }: PredictionReport): string {
  const written = meaning === 'probability' ? percent : figure
  const [only] = outputs
  const body = !labels
    ? outputs.map((o) => o.map(figure).join('  ')).join('\n')
    : outputs.length === 1 && only
      ? table(
          ['class', meaning],
          rank(labels, only).map((r) => [r.label, written(r.output)]),
          ['left', 'right'],
        )
      : outputs
          .map((o) =>
            rank(labels, o)
              .map((r) => `${r.label} ${written(r.output)}`)
              .join('  '),
          )
          .join('\n')
  return [...notes.map(noteText), ...(notes.length > 0 ? [''] : []), body].join('\n')
}
