import { rm, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { serializeProject } from '#shared/project/serialize'
import { isTemplateName, templateNames } from '#templates/index'
import { writeAtomic } from '../writeAtomic'
import { collect, projectOf } from './network'
import { fail, print, refuse } from './output'

interface Options {
  readonly output: string
  readonly set: readonly string[]
  readonly force?: boolean
}

export function register(program: Command): void {
  program
    .command('new')
    .description('write a template as a project file')
    .argument('<template>', `one of: ${templateNames.join(', ')}`)
    .requiredOption('-o, --output <file>', 'the file to write, usually *.netloom')
    .option('--set <name=value>', 'a setting of the template, see `netloom templates`; may be repeated', collect, [])
    .option('--force', 'overwrite the file if it exists')
    .action(run)
}

async function run(name: string, options: Options): Promise<void> {
  if (!isTemplateName(name))
    return refuse(`There is no template called '${name}'. Templates: ${templateNames.join(', ')}.`)
  const project = projectOf(name, options.set)
  if (!project.ok) return refuse(project.error)
  const text = serializeProject(project.value)
  let claimed = false
  try {
    if (!options.force) {
      await writeFile(options.output, '', { flag: 'wx' })
      claimed = true
    }
    await writeAtomic(options.output, text)
    print(`Wrote ${options.output}`)
  } catch (e) {
    if (claimed) await rm(options.output, { force: true })
    if (e instanceof Error && 'code' in e && e.code === 'EEXIST')
      return refuse(`${options.output} exists already. Choose another name, or overwrite it with --force.`)
    fail(`${options.output} cannot be written: ${e instanceof Error ? e.message : String(e)}`)
  }
}
