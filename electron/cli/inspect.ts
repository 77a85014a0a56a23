import type { Command } from 'commander'
import { showShape } from '#shared/layer'
import { collect, openNetwork } from './network'
import { print, refuse } from './output'
import { type Report, reportOn } from './report'
import { table } from './table'

interface Options {
  readonly json?: boolean
  readonly set: readonly string[]
}

export function register(program: Command): void {
  program
    .command('inspect')
    .description('show the sizes, parameters and costs of a network')
    .argument('<network>', 'a project file or the name of a template')
    .option('--set <name=value>', 'a setting of a template, see `netloom templates`; may be repeated', collect, [])
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit status: 0 valid, 1 the network has errors, 2 wrong usage or not a project.')
    .action(run)
}

async function run(network: string, options: Options): Promise<void> {
  const project = await openNetwork(network, options.set)
  if (!project.ok) return refuse(project.error)
  const report = reportOn(project.value)
  print(options.json ? JSON.stringify(report, null, 2) : show(report))
  if (report.problems.some((p) => p.severity === 'error')) process.exitCode = 1
}

function show({ name, totals, layers, problems }: Report): string {
  const n = (value: number) => value.toLocaleString('en')
  const rows = layers.map((l) => [
    l.id,
    l.type,
    l.outputs.map(showShape).join(' '),
    n(l.params.trainable + l.params.nonTrainable),
    n(l.macs),
    l.receptiveField ? l.receptiveField.size.join('×') : '',
  ])
  return [
    name,
    '',
    table(['layer', 'type', 'output', 'params', 'MACs', 'receptive field'], rows, [
      'left',
      'left',
      'left',
      'right',
      'right',
      'right',
    ]),
    '',
    `Parameters   ${n(totals.params.total)} (${n(totals.params.trainable)} trainable, ${n(totals.params.nonTrainable)} not)`,
    `MACs         ${n(totals.macs)}`,
    `FLOPs        ${n(totals.flops)}`,
    `Weights      ${n(totals.weightBytes)} bytes`,
    `Activations  ${n(totals.activationBytes)} bytes per sample`,
    ...problems.map((p) => `${p.severity}${p.nodeId && ` at ${p.nodeId}`}: ${p.message}`),
  ].join('\n')
}
