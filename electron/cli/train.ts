import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { Project } from '#shared/project/project'
import { err, ok, type Result } from '#shared/result'
import type { TrainingConfig } from '#shared/training/config'
import { builtInData } from '#shared/training/dataSets'
import { type EngineName, engineNames } from '#shared/training/run'
import { isTemplateName, templates } from '#templates/index'
import { absoluteSpec, fileKinds } from '../dataSpec'
import { trainerEntry } from '../paths'
import { createTrainer, type Trainer } from '../trainer/client'
import { failureOf } from '../trainer/failure'
import { newRunId } from '../trainer/runs'
import { followTraining } from './followTraining'
import { freezeLayers } from './freeze'
import { collect, openNetwork } from './network'
import { fail, print, refuse } from './output'
import { showPlan } from './plan'
import { addTrainingOptions, withOptions } from './trainingOptions'

interface Options extends Partial<TrainingConfig> {
  readonly data?: string
  readonly set: readonly string[]
  readonly engine: EngineName
  readonly output: string
  readonly init?: string
  readonly freeze?: readonly string[]
  readonly plan?: boolean
  readonly measureAgain?: boolean
  readonly json?: boolean
}

const dataForms = [...builtInData, ...fileKinds.map((kind) => `${kind}:<path>`)].join(', ')
const commaList = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

export function register(program: Command): void {
  const command = program
    .command('train')
    .description('train a network and keep the run as a folder')
    .argument('<network>', 'a project file or the name of a template, which is drawn to fit the data')
    .option('--data <spec>', `data set, see \`netloom data --help\`: ${dataForms}; that of the project file by default`)
    .addOption(
      new Option('--set <name=value>', 'a setting of a template, see `netloom templates`; may be repeated')
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--init <run>', 'folder of a run whose weights this one begins with, where names and shapes fit')
    .option(
      '--freeze <names>',
      'layers or groups whose weights stay as they are, parted by commas; conv* means all that begin so',
      commaList,
    )
    .addOption(
      new Option('--engine <name>', 'what computes; auto: the fastest on this network, by measurement')
        .choices(engineNames)
        .default('auto'),
    )
    .option('--plan', 'say what is to be expected of the run, and end: time, memory, largest batch')
    .option('--measure-again', 'measure the engines although the same network was measured before')
    .option('-o, --output <folder>', 'folder of runs', 'runs')
    .option('--json', 'print every event, or the plan, as JSON')
    .addHelpText(
      'after',
      '\nCtrl-C finishes the step, saves and ends, and says how to resume; a second one ends at once.',
    )
  addTrainingOptions(command).action(run)
}

async function run(network: string, options: Options): Promise<void> {
  const trainer = createTrainer({ entry: trainerEntry })
  const opened = await openFor(network, options, trainer)
  if (!opened.ok) return refuse(opened.error)
  const graph = freezeLayers(opened.value.graph, options.freeze ?? [])
  if (!graph.ok) return refuse(graph.error)
  const project = { ...opened.value, graph: graph.value, training: withOptions(opened.value.training, options) }
  if (options.plan) return plan(trainer, project, options)
  const init = options.init === undefined ? undefined : resolve(options.init)
  const id = newRunId(project.name)
  const runs = resolve(options.output)
  try {
    await mkdir(runs, { recursive: true })
  } catch (e) {
    return fail(failureOf(e, runs).message)
  }
  const folder = join(runs, id)

  await followTraining(folder, options.json ?? false, (onEvent) =>
    trainer.train({ project, engine: options.engine, folder, id, init, measureAgain: options.measureAgain }, onEvent),
  )
}

async function plan(trainer: Trainer, project: Project, options: Options): Promise<void> {
  const measureAgain = options.measureAgain ?? false
  const planned = await trainer.plan({ project, engine: options.engine, measureAgain }).done
  if (!planned.ok) return fail(planned.error.message)
  print(options.json ? JSON.stringify(planned.value, null, 2) : showPlan(planned.value))
}

/** The network with its data set. A template takes the input size and the classes of the data, unless `--set` says otherwise. */
async function openFor(network: string, options: Options, trainer: Trainer): Promise<Result<Project, string>> {
  if (!isTemplateName(network)) {
    const project = await openNetwork(network, options.set)
    if (!project.ok) return project
    const data = options.data ?? project.value.data
    return data === ''
      ? err('The project names no data set. Give one with --data, such as --data digits.')
      : ok({ ...project.value, data: absoluteSpec(data) })
  }
  if (options.data === undefined) return err('A template has no data set. Give one with --data, such as --data digits.')
  const data = absoluteSpec(options.data)
  const described = await trainer.describe(data)
  if (!described.ok) return err(described.error.message)
  const { inputShape, labels } = described.value
  const { fields } = templates[network]
  const fitting = [
    ...('input' in fields ? [`input=${inputShape.join('x')}`] : []),
    ...('classes' in fields && labels ? [`classes=${labels.length}`] : []),
  ]
  const project = await openNetwork(network, [...fitting, ...options.set])
  return project.ok ? ok({ ...project.value, data }) : project
}
