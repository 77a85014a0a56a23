import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Field, FieldValue } from '#shared/fields'
import { parseFieldText } from '#shared/fieldText'
import { type TrainingConfig, trainingFields } from '#shared/training/config'

const names = Object.keys(trainingFields) as (keyof TrainingConfig)[]
const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** What stands for the value in the help. */
const placeholder = (field: Field): string =>
  field.kind === 'choice' ? '<name>' : field.kind === 'list' ? '<numbers>' : '<number>'
const told = (value: FieldValue): string => (Array.isArray(value) ? value.join(',') || 'empty' : String(value))

/** Adds an option for every training setting; kind, limits, choices and help come from the field. */
export function addTrainingOptions(command: Command): Command {
  for (const name of names) {
    const field: Field = trainingFields[name]
    const flag = `--${kebab(name)}`
    const help = field.kind === 'bool' ? field.help : `${field.help} Default ${told(field.default)}.`
    const option = new Option(field.kind === 'bool' ? flag : `${flag} ${placeholder(field)}`, help)
    if (field.kind === 'choice') option.choices(field.options)
    else if (field.kind !== 'bool') option.argParser((text) => parse(name, field, text))
    command.addOption(option.helpGroup('Training settings; what a project file says holds where none is given:'))
  }
  return command
}

function parse(name: string, field: Field, text: string): FieldValue {
  const value = parseFieldText(name, field, text)
  if (!value.ok) throw new InvalidArgumentError(value.error)
  return value.value
}

/** The settings of a project with those given on the command line over them. */
export function withOptions(training: TrainingConfig, given: Partial<TrainingConfig>): TrainingConfig {
  const chosen = Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])))
  return { ...training, ...chosen }
}
