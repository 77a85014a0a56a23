import { allActivations } from '#shared/activations'
import { blocks, blockTypes } from '#shared/blocks/index'
import { type Field, type Fields, MAX_SIZE } from '#shared/fields'
import { infer } from '#shared/graph/infer'
import { categories, type Example, type LayerDef } from '#shared/layer'
import { type LayerType, layers, layerTypes } from '#shared/layers/index'
import { draw } from '../shared/drawing'

const count = (n: number): string => n.toLocaleString('en')
const shape = (s: readonly number[]): string => s.join('×')
const title = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1)
const code = (v: unknown): string => `\`${JSON.stringify(v)}\``
const row = (cells: readonly string[]): string => `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`

function limits(f: Field): string {
  const range = (min: number, max: number, open = false): string => {
    const known = [Number.isFinite(min), Number.isFinite(max) && max !== MAX_SIZE]
    if (known[0] && known[1]) return `${open ? 'between' : 'from'} ${count(min)} ${open ? 'and' : 'to'} ${count(max)}`
    return known[0] ? `${open ? 'more than' : 'at least'} ${count(min)}` : ''
  }
  switch (f.kind) {
    case 'int':
      return `whole number ${range(f.min, f.max)}`
    case 'float':
      return `number ${range(f.min, f.max, f.open)}`
    case 'bool':
      return 'true or false'
    case 'choice':
      return f.options.map((o) => `\`${o}\``).join(', ')
    case 'tuple':
      return `${f.length} whole ${f.length === 1 ? 'number' : 'numbers'} ${range(f.min, f.max)}`
    case 'padding':
      return `\`same\`, \`valid\` or ${2 * f.axes} amounts`
    case 'shape':
      return f.infer ? 'sizes of at least 1; one may be −1' : 'sizes of at least 1'
    case 'list':
      return `whole numbers ${range(f.min, f.max)}`
    case 'text':
      return 'text'
  }
}

function fieldTable(fields: Fields): string[] {
  const rows = Object.entries(fields).map(([name, f]) =>
    row([`\`${name}\``, limits(f).trim(), code(f.default), f.help]),
  )
  return rows.length === 0
    ? ['No arguments.']
    : ['| Argument | Values | Default | Meaning |', '|---|---|---|---|', ...rows]
}

function exampleRow(type: LayerType, e: Example): string {
  const inputs = e.inputs.map((s, i) => [`in${i}`, 'input', { shape: s }] as const)
  const graph = draw([...inputs, [`x`, type, { ...e.params } as never]], ...inputs.map(([id], i) => `${id} > x:${i}`))
  const params = infer(graph).node('x')?.totals.params.total ?? 0
  const given = Object.entries(e.params).map(([k, v]) => `${k} = ${JSON.stringify(v)}`)
  const cells = [given.join(', ') || '–', e.inputs.map(shape).join(', ') || '–', e.outputs.map(shape).join(', ')]
  return row([...cells, count(params), e.macs === undefined ? '–' : count(e.macs)])
}

function layerSection(type: LayerType): string[] {
  const def: LayerDef = layers[type]
  const { min, max } = def.inputs
  const inputs = max === Number.POSITIVE_INFINITY ? `${min} or more` : String(max)
  return [
    `### ${def.label}`,
    '',
    `\`${type}\` · inputs: ${inputs}${def.doc.source ? ` · ${def.doc.source}` : ''}`,
    '',
    def.doc.summary,
    '',
    // The functions have a table of their own.
    ...(type === 'activation' ? [] : ['```text', def.doc.formula, '```', '']),
    ...fieldTable(def.fields),
    '',
    '| Example | Input | Output | Params | MACs |',
    '|---|---|---|---:|---:|',
    ...def.examples.map((e) => exampleRow(type, e)),
    '',
  ]
}

/** The reference of all layers, blocks and activation functions, made from their definitions. */
export function layersPage(): string {
  return [
    '# Layers',
    '',
    'Made from the definitions by `npx vitest run tests/docs -u`; do not edit by hand.',
    '',
    'Shapes leave out the batch and have the channels last: `28×28×6` is height × width × channels. MACs are the multiplications of',
    'convolutions, dense layers and matrix products for one sample.',
    '',
    ...categories.flatMap((category) => {
      const types = layerTypes.filter((t) => layers[t].category === category)
      return types.length === 0
        ? []
        : [`## ${title(category === 'io' ? 'input' : category)}`, '', ...types.flatMap(layerSection)]
    }),
    '## Activation functions',
    '',
    '| Function | Formula | FLOPs per element |',
    '|---|---|---:|',
    ...Object.entries(allActivations).map(([name, f]) => row([`\`${name}\``, f.formula, String(f.flops)])),
    '',
    '## Blocks',
    '',
    'A block is drawn as layers in one group that folds.',
    '',
    ...blockTypes.flatMap((type) => [
      `### ${blocks[type].label}`,
      '',
      `\`${type}\``,
      '',
      blocks[type].doc,
      '',
      ...fieldTable(blocks[type].fields),
      '',
    ]),
  ].join('\n')
}
