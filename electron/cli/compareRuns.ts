import { resolve } from 'node:path'
import { type Best, type BestFigures, bestFigures } from '#shared/training/bestFigures'
import { differences } from '#shared/training/differences'
import type { RunDetail } from '#shared/training/run'
import { readRun } from '../trainer/runs'
import { count, duration, figure, percent } from './figures'
import { fail, print, refuse } from './output'
import { table } from './table'

/** Prints runs side by side: what they were trained with otherwise, and how well they did. */
export async function compareRuns(folders: readonly string[], json: boolean): Promise<void> {
  if (folders.length < 2) return refuse(`Comparing needs two runs or more; ${folders.length} is given.`)
  const runs: RunDetail[] = []
  for (const folder of folders) {
    const run = await readRun(resolve(folder))
    if (!run.ok) return fail(run.error.message)
    runs.push(run.value)
  }
  const settings = differences(
    runs.map(({ project, started, summary: { data, engine } }) => ({
      project,
      data,
      engine,
      parameters: started?.parameters ?? null,
    })),
  )
  const best = runs.map((run) => bestFigures(run.epochs))
  if (json) {
    const figures = runs.map((run, i) => ({ ...run.summary, ...about(run), best: best[i] }))
    return print(JSON.stringify({ runs: figures, differences: settings }, null, 2))
  }
  const names = letters(runs.length)
  const rows = (cells: readonly (readonly string[])[], title: string) =>
    table([title, ...names], cells, ['left', ...names.map(() => 'right' as const)])
  print(
    [
      ...runs.map((run, i) => `${names[i]}: ${run.summary.id} (${run.summary.name}, ${run.summary.state})`),
      '',
      settings.length === 0
        ? 'The runs were trained with the same settings.'
        : rows(
            settings.map(({ name, values }) => [name, ...values]),
            'setting',
          ),
      '',
      rows([...bestRows(best), ...aboutRows(runs)], 'figure'),
    ].join('\n'),
  )
}

const letters = (n: number): readonly string[] =>
  Array.from({ length: n }, (_, i) => (n <= 26 ? String.fromCharCode(65 + i) : String(i + 1)))

/** Size and cost of a run; null where it ended before they were known. */
const about = ({ started, epochs, steps }: RunDetail) => ({
  parameters: started?.parameters ?? null,
  seconds: epochs.at(-1)?.seconds ?? steps.at(-1)?.seconds ?? null,
})

const titles: Readonly<Record<keyof BestFigures, readonly [string, (n: number | null) => string]>> = {
  loss: ['best loss', figure],
  valLoss: ['best val loss', figure],
  valAccuracy: ['best val accuracy', percent],
  valTop5: ['best val top-5 accuracy', percent],
  valRmse: ['best val RMSE', figure],
  valMae: ['best val MAE', figure],
}

function bestRows(best: readonly BestFigures[]): readonly (readonly string[])[] {
  const keys = Object.keys(titles) as (keyof BestFigures)[]
  return keys
    .filter((key) => best.some((b) => b[key] !== null))
    .map((key) => {
      const [title, write] = titles[key]
      const cell = (b: Best | null) => (b ? `${write(b.value)} (epoch ${b.epoch})` : '–')
      return [title, ...best.map((b) => cell(b[key]))]
    })
}

function aboutRows(runs: readonly RunDetail[]): readonly (readonly string[])[] {
  const all = runs.map(about)
  return [
    ['epochs', ...runs.map(({ summary: s }) => `${s.epochsDone}/${s.epochs}`)],
    ['parameters', ...all.map((a) => (a.parameters === null ? '–' : count(a.parameters)))],
    ['time', ...all.map((a) => (a.seconds === null ? '–' : duration(a.seconds)))],
  ]
}
