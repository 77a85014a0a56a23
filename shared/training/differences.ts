import { parseProject } from '../project/parse'

/** What two runs are compared by. */
export interface ComparedRun {
  /** The text of the project as it was trained; null where it is not known. */
  readonly project: string | null
  readonly data: string
  readonly engine: string
  readonly parameters: number | null
}

/** One setting in which runs differ: a value per run, in the order given. */
export interface Difference {
  /** A key of the training settings, or `data`, `engine`, `layers`, `parameters`, or a layer's `name · parameter`. */
  readonly name: string
  readonly values: readonly string[]
}

type Settings = Readonly<Record<string, string>>
/** Networks that differ in more are told apart by their size only. */
const MAX_LAYER_ROWS = 12

/** What two or more runs were trained with otherwise. A dash stands where a run has no such setting. */
export function differences(runs: readonly ComparedRun[]): readonly Difference[] {
  const networks = compare(runs.map(networkOf))
  return [
    ...compare(runs.map(settingsOf)),
    ...(networks.length <= MAX_LAYER_ROWS ? networks : compare(runs.map(sizeOf))),
  ]
}

function compare(tables: readonly Settings[]): readonly Difference[] {
  const names = new Set(tables.flatMap((t) => Object.keys(t)))
  return [...names]
    .map((name) => ({ name, values: tables.map((t) => t[name] ?? '–') }))
    .filter(({ values }) => new Set(values).size > 1)
}

function projectOf({ project }: ComparedRun) {
  const parsed = project === null ? null : parseProject(project)
  return parsed?.ok ? parsed.value : null
}

function settingsOf(run: ComparedRun): Settings {
  const training = Object.entries(projectOf(run)?.training ?? {}).map(([k, v]) => [k, String(v)])
  return { ...Object.fromEntries(training), data: run.data, engine: run.engine }
}

function networkOf(run: ComparedRun): Settings {
  const settings: Record<string, string> = {}
  for (const node of projectOf(run)?.graph.nodes ?? [])
    for (const [name, value] of Object.entries({ ...node.params, ...node.weightSettings }))
      settings[`${node.name} (${node.id}) · ${name}`] = Array.isArray(value) ? value.join('×') : String(value)
  return settings
}

const sizeOf = (run: ComparedRun): Settings => ({
  layers: String(projectOf(run)?.graph.nodes.length ?? '–'),
  parameters: String(run.parameters ?? '–'),
})
