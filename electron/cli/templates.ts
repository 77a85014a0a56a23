import type { Command } from 'commander'
import type { Field } from '#shared/fields'
import { templateNames, templates } from '#templates/index'
import { print } from './output'
import { table } from './table'

export function register(program: Command): void {
  program
    .command('templates')
    .description('list the classic networks that can be opened by name')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }) => {
      print(options.json ? JSON.stringify(describe(), null, 2) : list())
    })
}

const describe = () =>
  templateNames.map((name) => {
    const { label, paper, year, doc, fields } = templates[name]
    return { name, label, paper, year, doc, fields }
  })

const list = (): string =>
  table(
    ['name', 'network', 'year', 'settings'],
    templateNames.map((name) => {
      const { label, year, fields } = templates[name]
      const settings = Object.entries(fields).map(([key, field]) => `${key}=${show(field)}`)
      return [name, label, String(year), settings.join(' ')]
    }),
  )

const show = (field: Field): string => {
  const value = field.default
  // What there is to choose from, the default first.
  if (field.kind === 'choice' && field.options.length <= 4)
    return [value, ...field.options.filter((o) => o !== value)].join('|')
  return typeof value === 'object' ? value.join(field.kind === 'list' ? ',' : 'x') : String(value)
}
