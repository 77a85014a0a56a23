import { type Command, InvalidArgumentError } from 'commander'
import { type InstallStep, installStepText } from '#shared/training/installation'
import { type EngineName, engineNames } from '#shared/training/run'
import { enginesFolder } from '../engineInstall/engineFolder'
import { installTensorflow } from '../engineInstall/install'
import { removeTensorflow } from '../engineInstall/place'
import { trainerEntry } from '../paths'
import { createTrainer } from '../trainer/client'
import { fail, print } from './output'
import { table } from './table'

export function register(program: Command): void {
  const engines = program
    .command('engines')
    .description(
      'list the engines that training can run on: their versions, or why one cannot be used; test, install or remove one',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Every engine but tensorflow comes with Netloom. Which one trains is found by measuring them on the network, unless
netloom train is given --engine <name>.

  netloom engines                                          what is here
  netloom engines test                                     do they compute rightly
  netloom engines install tensorflow                       often the fastest on a processor
  netloom engines install tensorflow --from ~/venv         made for the TensorFlow of a Python environment
  netloom engines remove tensorflow                        as if it had never been installed`,
    )
    .action(list)
  engines
    .command('install')
    .description(
      'install native TensorFlow: the published build where it fits this machine, else one compiled for the TensorFlow of a Python',
    )
    .argument('<engine>', 'tensorflow', tensorflow)
    .option('--gpu', 'the build for NVIDIA GPUs; fails, and changes nothing, where it finds none')
    .option(
      '--from <path>',
      'compile for this TensorFlow: a Python that has it, the folder of its virtual environment, or of libtensorflow',
    )
    .action((_engine: string, options: { gpu?: boolean; from?: string }) => install(options))
  engines
    .command('test')
    .description('load engines and have each compute a small known training run')
    .argument('[engine]', `one of ${engineNames.join(', ')}; all that are there by default`, engine)
    .action(test)
  engines
    .command('remove')
    .description('remove an engine that was installed')
    .argument('<engine>', 'tensorflow', tensorflow)
    .action(async () => {
      const removed = await removeTensorflow()
      if (!removed.ok) return fail(removed.error.code === 'failed' ? removed.error.message : 'Cancelled.')
      print('The engine tensorflow is removed.')
    })
}

function tensorflow(name: string): string {
  if (name !== 'tensorflow')
    throw new InvalidArgumentError('Only tensorflow is installed this way. The other engines come with Netloom.')
  return name
}

function engine(name: string): EngineName {
  const known = engineNames.find((e) => e === name)
  if (!known) throw new InvalidArgumentError(`Use one of ${engineNames.join(', ')}.`)
  return known
}

const trainer = createTrainer({ entry: trainerEntry })

async function list({ json }: { json?: boolean }): Promise<void> {
  const engines = await trainer.engines()
  if (!engines.ok) return fail(engines.error.message)
  const rows = engines.value.map((e) => [
    e.name,
    e.version,
    e.available ? ['available', ...(e.device ? [`on the ${e.device}`] : [])].join(' ') : (e.reason ?? 'not available'),
  ])
  if (json) return print(JSON.stringify(engines.value, null, 2))
  print(table(['engine', 'version', ''], rows))
  for (const { name, outdated } of engines.value)
    if (outdated)
      print(
        `\nThe engine ${name} was installed by another version of Netloom. netloom engines install ${name} brings current operators, which can be faster.`,
      )
}

async function install({ gpu = false, from }: { gpu?: boolean; from?: string }): Promise<void> {
  const cancel = new AbortController()
  const interrupt = () => cancel.abort()
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  const onStep = (step: InstallStep) => print(`${installStepText(step)}${step.code === 'unpublished' ? '.' : ' …'}`)
  const installed = await installTensorflow({ trainer, gpu, from, onStep, signal: cancel.signal })
  process.off('SIGINT', interrupt)
  process.off('SIGTERM', interrupt)
  if (installed.ok) {
    const { version, device = 'CPU' } = installed.value
    print(`TensorFlow ${version} is installed in ${enginesFolder()} and computes rightly on the ${device}.`)
  } else if (installed.error.code === 'cancelled') fail('Cancelled. Everything is as it was before.')
  else fail(installed.error.message)
}

/** One after the other, each in a process of its own. */
async function test(name?: EngineName): Promise<void> {
  const engines = await trainer.engines()
  if (!engines.ok) return fail(engines.error.message)
  const present = engineNames.filter((n) => engines.value.some((e) => e.name === n && e.available))
  for (const one of name === undefined ? present : [name]) {
    const tested = await trainer.testEngine(one).done
    if (!tested.ok) fail(`${one}: ${tested.error.message}`)
    else {
      const { version, device, seconds } = tested.value
      const on = device === undefined ? '' : ` on the ${device}`
      print(`${tested.value.name} ${version} computes rightly${on} (${seconds.toFixed(1)} s).`)
    }
  }
}
