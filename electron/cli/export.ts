import { readdir, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type ExportFormat, type ExportReport, exportFormats } from '#shared/training/run'
import { isTemplateName } from '#templates/index'
import { absoluteSpec } from '../dataSpec'
import { trainerEntry } from '../paths'
import { createTrainer } from '../trainer/client'
import { collect, openNetwork } from './network'
import { fail, print, refuse } from './output'

interface Options {
  readonly format: ExportFormat
  readonly output: string
  readonly set: readonly string[]
  readonly force?: boolean
  readonly json?: boolean
}

export function register(program: Command): void {
  program
    .command('export')
    .description('write the trained model of a run, or a network that is not trained yet, for use elsewhere')
    .argument('<run>', 'the folder of a run; or a project file or the name of a template, with the weights of its seed')
    .addOption(
      new Option(
        '--format <name>',
        'tfjs: a LayersModel of TensorFlow.js; onnx: a file for ONNX Runtime and other runtimes; torch-project: PyTorch code with weights, data and training',
      )
        .choices([...exportFormats])
        .default('tfjs'),
    )
    .requiredOption('-o, --output <folder>', 'the folder to write')
    .addOption(
      new Option('--set <name=value>', 'a setting of a template, see `netloom templates`; may be repeated')
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--force', 'write even if the folder is not empty')
    .option('--json', 'print JSON')
    .action(run)
}

async function run(what: string, options: Options): Promise<void> {
  const to = resolve(options.output)
  if (!options.force && (await isOccupied(to)))
    return fail(`${to} is not empty. Choose another folder, or overwrite files in it with --force.`)
  const there = isTemplateName(what) ? null : await stat(what).catch(() => undefined)
  if (there === undefined)
    return fail(`${resolve(what)} is not there. Give the folder of a run, a project file or the name of a template.`)
  const isRun = there?.isDirectory() ?? false
  if (isRun && options.set.length > 0) return refuse('--set is for templates. A run is exported as it was trained.')
  const project = isRun ? null : await openNetwork(what, options.set)
  if (project && !project.ok) return refuse(project.error)
  const trainer = createTrainer({ entry: trainerEntry })
  const report = project
    ? await trainer.exportProject({ ...project.value, data: absoluteSpec(project.value.data) }, options.format, to)
    : await trainer.exportRun(resolve(what), options.format, to)
  if (!report.ok) return fail(report.error.message)
  print(options.json ? JSON.stringify(report.value, null, 2) : show(report.value, options.format))
}

function show(report: ExportReport, format: ExportFormat): string {
  const { folder, files, maxDifference, samplesChecked, unchecked = '', untrained } = report
  const of = untrained ? 'the network' : 'the run'
  return [
    `Wrote ${files.join(', ')} to ${folder}`,
    ...(untrained ? [`The network is not trained: its weights are those that the seed ${untrained.seed} gives.`] : []),
    ...(untrained && !untrained.data && format === 'torch-project'
      ? ['The project names no data set: train.py reads data.npz, which README.md describes.']
      : []),
    ...(untrained?.unscaled
      ? ['Without data there are no figures to normalise by: the exported network is given values as they are.']
      : []),
    maxDifference === null
      ? `Self-check: left out, no Python with PyTorch ran the model (${unchecked}). Name one in NETLOOM_PYTHON`
      : `Self-check: ${samplesChecked} samples through ${of} and through the exported files differ by at most ${maxDifference.toExponential(1)}`,
  ].join('\n')
}

async function isOccupied(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length > 0
  } catch (e) {
    // Something that is no folder stands there.
    return e instanceof Error && 'code' in e && e.code === 'ENOTDIR'
  }
}
