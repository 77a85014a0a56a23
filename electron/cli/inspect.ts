import { type Command, InvalidArgumentError } from 'commander'
import { memoryOf } from '#shared/analysis/memory'
import { infer } from '#shared/graph/infer'
import { showCsv, showMarkdown, showTable } from './inspectForms'
import { collect, openResized } from './network'
import { print, refuse } from './output'
import { reportOn } from './report'
import { sectionsOf } from './sections'

interface Options {
  readonly json?: boolean
  readonly csv?: boolean
  readonly markdown?: boolean
  readonly set: readonly string[]
  readonly input?: string
  readonly classes?: string
  readonly batch: number
}

export function register(program: Command): void {
  program
    .command('inspect')
    .description('show the sizes, parameters and costs of a network')
    .argument('<network>', 'a project file or the name of a template')
    .option('--set <name=value>', 'a setting of a template, see `netloom templates`; may be repeated', collect, [])
    .option('--input <shape>', 'another input size, such as 224x224x3')
    .option('--classes <n>', 'another number of classes')
    .option('--batch <n>', 'count MACs, FLOPs and activations for this many samples', positive, 1)
    .option('--json', 'print JSON')
    .option('--csv', 'print one line per layer for spreadsheets')
    .option('--markdown', 'print a Markdown table')
    .addHelpText('after', '\nExit status: 0 valid, 1 the network has errors, 2 wrong usage or not a project.')
    .action(run)
}

function positive(text: string): number {
  const n = Number(text)
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('It must be a whole number of at least 1.')
  return n
}

async function run(network: string, options: Options): Promise<void> {
  const { input, classes, batch } = options
  const forms = [options.json, options.csv, options.markdown].filter(Boolean).length
  if (forms > 1) return refuse('Choose one of --json, --csv and --markdown.')
  const sizes = { ...(input !== undefined && { input }), ...(classes !== undefined && { classes }) }
  const project = await openResized(network, options.set, sizes)
  if (!project.ok) return refuse(project.error)
  const { graph } = project.value
  const inference = infer(graph)
  const report = reportOn(project.value, inference, batch)
  if (options.json) print(JSON.stringify(report, null, 2))
  else if (options.csv) print(showCsv(report))
  else {
    const view = { report, batch, sections: sectionsOf(graph, inference.order()), memory: memoryOf(graph, inference) }
    print(options.markdown ? showMarkdown(view) : showTable(view, process.stdout.columns ?? 120))
  }
  if (report.problems.some((p) => p.severity === 'error')) process.exitCode = 1
}
