import { type Command, InvalidArgumentError, Option } from 'commander'
import { checkField } from '#shared/fields'
import { toProblem } from '#shared/problems'
import { type TrainingConfig, trainingFields } from '#shared/training/config'

/** What the command line may set of a training, by the names of `trainingFields`. */
const names = [
  'loss',
  'optimizer',
  'learningRate',
  'momentum',
  'schedule',
  'decayRate',
  'warmupSteps',
  'weightDecay',
  'clipNorm',
  'batchSize',
  'epochs',
  'validationSplit',
  'testSplit',
  'patience',
  'restoreBest',
  'seed',
] as const
const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** Adds an option for every training setting; kind, limits, choices and help come from the field. */
export function addTrainingOptions(command: Command): Command {
  for (const name of names) {
    const field = trainingFields[name]
    const flag = `--${kebab(name)}`
    const help = field.kind === 'bool' ? field.help : `${field.help} Default ${field.default}.`
    const option = new Option(field.kind === 'bool' ? flag : `${flag} <value>`, help)
    if (field.kind === 'choice') option.choices(field.options)
    else if (field.kind !== 'bool') option.argParser((text) => parse(name, text))
    command.addOption(option)
  }
  return command
}

function parse(name: (typeof names)[number], text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isNaN(value)) throw new InvalidArgumentError('A number is needed.')
  const wrong = checkField(name, trainingFields[name], value)
  if (wrong) throw new InvalidArgumentError(toProblem(wrong, '').message)
  return value
}

/** The settings of a project with those given on the command line over them. */
export function withOptions(training: TrainingConfig, given: Partial<TrainingConfig>): TrainingConfig {
  const chosen = Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])))
  return { ...training, ...chosen }
}
