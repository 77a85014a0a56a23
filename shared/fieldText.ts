import { checkField, type Field, type Fields, type FieldValue } from './fields'
import { fill, texts } from './problems'
import { err, ok, type Result } from './result'

const numbers = (text: string): number[] =>
  text
    .replace(/^\[|\]$/g, '')
    .split(/[x×,\s]+/)
    .filter((part) => part !== '')
    .map(Number)

function readValue(field: Field, text: string): FieldValue | undefined {
  switch (field.kind) {
    case 'int':
    case 'float':
      return text.trim() === '' ? undefined : Number(text)
    case 'bool':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'choice':
    case 'text':
      return text
    case 'padding':
      return text === 'same' || text === 'valid' ? text : numbers(text)
    case 'tuple':
    case 'shape':
    case 'list':
      return numbers(text)
  }
}

const forms: Readonly<Record<Field['kind'], string>> = {
  int: 'a whole number',
  float: 'a number',
  bool: 'true or false',
  choice: 'one of its options',
  text: 'a text',
  padding: "same, valid or sizes like '1,1,1,1'",
  tuple: "sizes like '3x3'",
  shape: "a shape like '224x224x3'",
  list: "numbers like '128,64'",
}

/** Reads a value as people type it on a command line: `0.5`, `true`, `224x224x3`, `128,64`. The error says what was expected. */
export function parseFieldText(name: string, field: Field, text: string): Result<FieldValue, string> {
  const value = readValue(field, text)
  const unread = value === undefined || Number.isNaN(value) || (Array.isArray(value) && value.some(Number.isNaN))
  if (unread) return err(`${name} must be ${forms[field.kind]}. Received: '${text}'.`)
  const problem = checkField(name, field, value)
  return problem ? err(fill(texts[problem.code][1], problem.values)) : ok(value)
}

/** Reads `key=value` settings against fields. */
export function parseSettings(
  fields: Fields,
  settings: readonly string[],
): Result<Readonly<Record<string, FieldValue>>, string> {
  const values: Record<string, FieldValue> = {}
  for (const setting of settings) {
    const at = setting.indexOf('=')
    if (at < 1) return err(`A setting must look like name=value. Received: '${setting}'.`)
    const name = setting.slice(0, at)
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!field) return err(`There is no setting '${name}'. Known are: ${Object.keys(fields).join(', ')}.`)
    const value = parseFieldText(name, field, setting.slice(at + 1))
    if (!value.ok) return value
    values[name] = value.value
  }
  return ok(values)
}
