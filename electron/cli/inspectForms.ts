import type { Memory } from '#shared/analysis/memory'
import { showShape } from '#shared/layer'
import { bytes, count, rounded } from './figures'
import type { LayerReport, Report } from './report'
import type { Section } from './sections'
import { fitTable } from './table'

/** What the forms for people show. */
export interface View {
  readonly report: Report
  readonly batch: number
  readonly sections: readonly Section[]
  readonly memory: Memory
}

const head = ['layer', 'type', 'output', 'params', 'MACs', 'receptive field'] as const
type Row = readonly [layer: string, type: string, output: string, params: string, macs: string, field: string]

const shapes = (l: LayerReport): string => l.outputs.map(showShape).join(' ')
const square = (sizes: readonly number[]): string =>
  sizes.every((n) => n === sizes[0]) ? `${sizes[0]}` : sizes.join('×')

/** Layers under their groups; a group's row has the sums of all in it. */
function rowsOf({ report, sections }: View): Row[] {
  const layers = new Map(report.layers.map((l) => [l.id, l]))
  const rows: Row[] = []
  const walk = (section: Section, depth: number): { params: number; macs: number } => {
    const indent = '  '.repeat(depth)
    if ('node' in section) {
      const l = layers.get(section.node.id)
      if (!l) return { params: 0, macs: 0 }
      const params = l.params.trainable + l.params.nonTrainable
      const field = l.receptiveField ? square(l.receptiveField.size) : ''
      const sign = l.problems.some((p) => p.severity === 'error') ? ' ✗' : ''
      rows.push([`${indent}${l.name || l.id}${sign}`, l.type, shapes(l), count(params), count(l.macs), field])
      return { params, macs: l.macs }
    }
    const at = rows.push(['', '', '', '', '', '']) - 1
    const sum = { params: 0, macs: 0 }
    for (const member of section.members) {
      const { params, macs } = walk(member, depth + 1)
      sum.params += params
      sum.macs += macs
    }
    rows[at] = [`${indent}▾ ${section.name}`, '', '', count(sum.params), count(sum.macs), '']
    return sum
  }
  for (const section of sections) walk(section, 0)
  return rows
}

const definitions = [
  'Params: learned numbers, and the moving statistics of batch normalization, which are not trainable.',
  'MACs: multiplications of convolutions, dense layers and matrix products.',
  'FLOPs: 2 · MACs + additions of biases, normalization, activations, pooling and element-wise work.',
  'Weights and activations: as float32. Activations are all outputs of the forward pass; inputs and views are not counted.',
  'Receptive field: side of the square of input pixels that one output element sees.',
  'K, M and G are powers of ten.',
]

function totalsOf({ report: { totals }, batch, memory }: View): (readonly [label: string, value: string])[] {
  const { trainable, nonTrainable, total } = totals.params
  const of = batch === 1 ? 'per sample' : `for ${count(batch)} samples`
  return [
    ['Params', `${exact(total)}: ${count(trainable)} trainable, ${count(nonTrainable)} not`],
    ['MACs', `${exact(totals.macs)} ${of}`],
    ['FLOPs', `${exact(totals.flops)} ${of}`],
    ['Weights', bytes(totals.weightBytes)],
    ['Activations', `${bytes(totals.activationBytes)} ${of}, kept for the backward pass`],
    ['While predicting', `${bytes(memory.forward * batch)} of activations at once`],
    ['Memory traffic', `${bytes(memory.traffic * batch)} read and written ${of}`],
  ]
}
/** `138.4 M (138,357,544)`; small numbers as they are. */
const exact = (n: number): string => (n < 10_000 ? count(n) : `${rounded(n)} (${count(n)})`)

const problemLines = ({ problems }: Report): string[] =>
  problems.map((p) => `${p.severity}${p.nodeId && ` at ${p.nodeId}`}: ${p.message}`)

export function showTable(view: View, width: number): string {
  const totals = totalsOf(view)
  const indent = Math.max(...totals.map(([label]) => label.length))
  const problems = problemLines(view.report)
  return [
    view.report.name,
    '',
    fitTable(head, rowsOf(view), ['left', 'left', 'left', 'right', 'right', 'right'], width, [5, 1]),
    '',
    ...totals.map(([label, value]) => `${label.padEnd(indent)}  ${value}`),
    '',
    ...definitions,
    ...(problems.length > 0 ? ['', ...problems] : []),
  ].join('\n')
}

const cell = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ')
/** Leading spaces mean nothing in Markdown. */
const indented = (text: string): string => cell(text).replace(/^ +/, (spaces) => '&nbsp;'.repeat(spaces.length))

export function showMarkdown(view: View): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const problems = problemLines(view.report)
  return [
    `# ${cell(view.report.name)}`,
    '',
    line(head),
    '|---|---|---|---:|---:|---:|',
    ...rowsOf(view).map(([layer, ...rest]) => line([indented(layer), ...rest.map(cell)])),
    '',
    ...totalsOf(view).map(([label, value]) => `- **${label}**: ${value}`),
    '',
    ...definitions.map((d) => `- ${d}`),
    ...(problems.length > 0 ? ['', ...problems.map((p) => `- ${cell(p)}`)] : []),
  ].join('\n')
}

const csvHead = 'id,name,type,group,output,trainable,nonTrainable,macs,flops,receptiveField,jump,start,problems'

/** RFC 4180. */
export function showCsv({ layers }: Report): string {
  const quoted = (v: string | number): string =>
    typeof v === 'string' && /[",\r\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : String(v)
  const rows = layers.map((l) => {
    const rf = l.receptiveField
    const sizes = [rf?.size, rf?.jump, rf?.start].map((v) => v?.join('x') ?? '')
    const { trainable, nonTrainable } = l.params
    const problems = l.problems.map((p) => p.message).join(' ')
    const known = [
      l.id,
      l.name,
      l.type,
      l.group ?? '',
      shapes(l).replaceAll('×', 'x'),
      trainable,
      nonTrainable,
      l.macs,
      l.flops,
    ]
    return [...known, ...sizes, problems].map(quoted).join(',')
  })
  return [csvHead, ...rows].join('\n')
}
