import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { classReport } from '#shared/training/metrics'
import type { EvaluationReport } from '#shared/training/run'
import { absoluteSpec } from '../dataSpec'
import { trainerEntry } from '../paths'
import { createTrainer } from '../trainer/client'
import { showConfusion } from './confusion'
import { count, figure, percent } from './figures'
import { fail, print } from './output'
import { table } from './table'

interface Options {
  readonly data?: string
  readonly test?: boolean
  readonly json?: boolean
}

export function register(program: Command): void {
  program
    .command('evaluate')
    .description('tell how good the network of a run is on its validation part, or on other data')
    .argument('<run>', 'the folder of a run')
    .option('--data <spec>', 'another data set, all of whose samples are used')
    .addOption(new Option('--test', 'the test part of the run’s data, which training never saw').conflicts('data'))
    .option('--json', 'print JSON')
    .action(async (folder: string, { data, test, json }: Options) => {
      const trainer = createTrainer({ entry: trainerEntry })
      const report = await trainer.evaluate(
        resolve(folder),
        data === undefined ? { part: test ? 'test' : 'validation' } : { data: absoluteSpec(data) },
      )
      if (!report.ok) return fail(report.error.message)
      print(json ? JSON.stringify(withScores(report.value), null, 2) : show(report.value))
    })
}

const withScores = (report: EvaluationReport) => ({
  ...report,
  scores: report.confusion && classReport(report.confusion.counts),
})

function show({
  data,
  part,
  samples,
  loss,
  accuracy,
  topK,
  auc,
  aucSamples,
  confusion,
  regression,
}: EvaluationReport): string {
  const figures = [
    ['loss', figure(loss)],
    ...(accuracy === null ? [] : [['accuracy', percent(accuracy)]]),
    ...topK.map(({ k, accuracy }) => [`top-${k} accuracy`, percent(accuracy)]),
    ...(confusion
      ? [
          [
            `AUC (one against the rest${aucSamples === undefined ? '' : `, of ${count(aucSamples)} samples`})`,
            figure(auc),
          ],
        ]
      : []),
    ...(regression
      ? [
          ['RMSE', figure(regression.rmse)],
          ['MAE', figure(regression.mae)],
          ['R²', figure(regression.r2)],
          ['RAE', figure(regression.rae)],
        ]
      : []),
  ]
  return [
    `${count(samples)} samples: ${part === 'all' ? 'all of' : `the ${part} part of`} ${data}`,
    '',
    table(['measure', 'value'], figures, ['left', 'right']),
    ...(confusion ? ['', showScores(confusion), '', showConfusion(confusion)] : []),
  ].join('\n')
}

function showScores({ labels, counts }: NonNullable<EvaluationReport['confusion']>): string {
  const { classes, macro, weighted } = classReport(counts)
  const rows = [
    ...classes.map((score, i) => [labels[i] ?? String(i), score] as const),
    ['macro mean', macro] as const,
    ['weighted mean', weighted] as const,
  ].map(([name, s]) => [name, percent(s.precision), percent(s.recall), percent(s.f1), count(s.support)])
  return table(['class', 'precision', 'recall', 'F1', 'samples'], rows, ['left', 'right', 'right', 'right', 'right'])
}
