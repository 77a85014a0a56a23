import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { type ExportFormat, exportFormats } from '#shared/training/run'
import { trainerEntry } from '../paths'
import { createTrainer } from '../trainer/client'
import { fail, print } from './output'

interface Options {
  readonly format: ExportFormat
  readonly output: string
  readonly force?: boolean
  readonly json?: boolean
}

export function register(program: Command): void {
  program
    .command('export')
    .description('write the trained model of a run for use elsewhere')
    .argument('<run>', 'the folder of a run')
    .addOption(
      new Option(
        '--format <name>',
        'tfjs: a LayersModel of TensorFlow.js; onnx: a file for ONNX Runtime and other runtimes; torch-project: PyTorch code with weights, data and training',
      )
        .choices([...exportFormats])
        .default('tfjs'),
    )
    .requiredOption('-o, --output <folder>', 'the folder to write')
    .option('--force', 'write even if the folder is not empty')
    .option('--json', 'print JSON')
    .action(run)
}

async function run(runFolder: string, options: Options): Promise<void> {
  const to = resolve(options.output)
  if (!options.force && (await isOccupied(to)))
    return fail(`${to} is not empty. Choose another folder, or overwrite files in it with --force.`)
  const report = await createTrainer({ entry: trainerEntry }).exportRun(resolve(runFolder), options.format, to)
  if (!report.ok) return fail(report.error.message)
  const { folder, files, maxDifference, samplesChecked, unchecked = '' } = report.value
  print(
    options.json
      ? JSON.stringify(report.value, null, 2)
      : [
          `Wrote ${files.join(', ')} to ${folder}`,
          maxDifference === null
            ? `Self-check: left out, no Python with PyTorch ran the model (${unchecked}). Name one in NETLOOM_PYTHON`
            : `Self-check: ${samplesChecked} samples through the run and through the exported files differ by at most ${maxDifference.toExponential(1)}`,
        ].join('\n'),
  )
}

async function isOccupied(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length > 0
  } catch (e) {
    // Something that is no folder stands there.
    return e instanceof Error && 'code' in e && e.code === 'ENOTDIR'
  }
}
