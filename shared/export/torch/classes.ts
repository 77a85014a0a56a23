import { type BlockType, blocks } from '../../blocks'
import { forwardLines, stepText } from './forward'
import type { Module, Step } from './graph'
import { claim, pascalCase } from './names'
import { findParams, withParams } from './params'
import { callText, moduleText, sequentialText, WIDTH } from './text'
import { type Unit, weightsInChain, weightsWithin } from './units'

/** A class of the model, as text, and the calls that make the units which it stands for. */
export interface PythonClass {
  readonly text: string
  readonly modules: readonly Module[]
}

/** Units that differ in numbers at most are alike. */
export function likeness({ attributes, inputs, steps, chain }: Unit): string {
  const places = new Map(inputs.map((v, i) => [v.id, `in${i}`]))
  return steps
    .map((step, i) => {
      places.set(step.output.id, `v${i}`)
      const from = step.inputs.map((v) => places.get(v.id) ?? '')
      const name = step.how.kind === 'module' ? (attributes.get(step.how.key) ?? '') : ''
      const module = step.how.kind === 'module' ? shapeOf(step.how.module) : ''
      return `${stepText(step, name, from)} ${module}`
    })
    .concat(chain ? 'chain' : '')
    .join('\n')
}

const shapeOf = ({ type, args, wraps = [], children = [] }: Module): string =>
  [
    type,
    ...wraps,
    ...args.map(({ name, value }) => (typeof value === 'string' ? `${name}=${value}` : name)),
    ...children.map((c) => (typeof c === 'string' ? c : `(${shapeOf(c)})`)),
  ].join(' ')

/** What a person would tell a unit by. */
const features = ({ steps }: Unit): readonly string[] =>
  steps.map(({ how, name }) => {
    if (how.kind === 'module') return name
    const text = how.write(['a', 'b', 'c'])
    return text.startsWith('a + b') ? 'shortcut' : text.startsWith('F.pad') ? 'padding' : name
  })

/**
 * Names for classes of units that are alike: that of their block, or of their group. Where several would be called the same, the most
 * frequent one is, and the others by what they have more or less.
 */
export function nameClasses(clusters: readonly (readonly Unit[])[], taken: Set<string>): readonly string[] {
  const bases = clusters.map(baseName)
  const plain = new Map<string, readonly Unit[]>()
  clusters.forEach((units, i) => {
    const base = bases[i] ?? ''
    if (units.length > (plain.get(base)?.length ?? 0)) plain.set(base, units)
  })
  return clusters.map((units, i) => {
    const base = bases[i] ?? ''
    const [usual, own] = [plain.get(base)?.[0], units[0]]
    if (!usual || !own || usual === own) return claim(taken, base, '')
    const choice = choiceOf(own, usual)
    if (choice) return claim(taken, `${base}With${pascalCase(choice, '')}`, '')
    const [have, want] = [features(own), features(usual)]
    const more = have.find((f) => !want.includes(f))
    const less = want.find((f) => !have.includes(f))
    const suffix =
      more !== undefined ? `With${pascalCase(more, '')}` : less !== undefined ? `Without${pascalCase(less, '')}` : ''
    return claim(taken, base + suffix, '')
  })
}

/** A choice that was made otherwise when the block was drawn. */
function choiceOf(own: Unit, usual: Unit): string | null {
  const [mine, theirs] = [own.group.block, usual.group.block]
  if (!mine || mine.type !== theirs?.type) return null
  const differing = Object.entries(mine.params).find(([name, v]) => typeof v === 'string' && v !== theirs.params[name])
  return differing ? String(differing[1]) : null
}

function baseName(units: readonly Unit[]): string {
  const group = units[0]?.group
  const label = blockOf(group?.block?.type)?.label
  const name = units.length > 1 ? (group?.name ?? '').replace(/[\s_]*\d+[a-z]?$/i, '') : (group?.name ?? '')
  return pascalCase(label ?? name, 'Block')
}
const blockOf = (type: string | undefined) =>
  type !== undefined && Object.hasOwn(blocks, type) ? blocks[type as BlockType] : undefined

/** A class for units that are alike, with a parameter for each number that differs. */
export function writeClass(name: string, units: readonly Unit[]): PythonClass | null {
  const [first] = units
  if (!first) return null
  const params = findParams(units)
  const named = (step: Step): Module | null =>
    step.how.kind === 'module' ? withParams(step.how.module, first.steps.indexOf(step), params) : null
  const header = params.map((p) => `${p.name}: ${p.type}`)
  const doc = blockOf(first.group.block?.type)?.doc
  const base = first.chain ? 'nn.Sequential' : 'nn.Module'
  const init = initText(header)
  const about = doc ? [`    """${doc}"""`.length <= WIDTH ? `    """${doc}"""` : wrapDoc(doc), ''] : []
  const lines = [`class ${name}(${base}):`, ...about, init]
  if (first.chain) {
    const children = first.steps.map((s) => named(s) ?? (s.how.kind === 'function' ? (s.how.module ?? '') : ''))
    lines.push(`        ${sequentialText('super().__init__', children, '        ')}`)
  } else {
    lines.push('        super().__init__()', ...attributeLines(first.steps, first.attributes, named), '')
    const inputs = first.inputs.map((value, i) => ({ name: i === 0 ? 'x' : `x${i + 1}`, value }))
    lines.push(`    def forward(self, ${inputs.map((i) => `${i.name}: Tensor`).join(', ')}) -> Tensor:`)
    const attribute = attributeOf(first.attributes)
    lines.push(...forwardLines({ inputs, steps: first.steps, outputs: [first.output], attribute }))
  }
  const modules = units.map(
    (unit, at): Module => ({
      type: name,
      args: params.map(({ name, values, positional }) => ({ name, value: values[at] ?? 0, positional })),
      weights: unit.chain ? weightsInChain(unit.chain) : weightsWithin(unit.steps, unit.attributes),
    }),
  )
  return { text: lines.join('\n'), modules }
}

const initText = (header: readonly string[]): string => {
  const line = `    def __init__(${['self', ...header].join(', ')}) -> None:`
  return line.length <= WIDTH ? line : `    ${callText('def __init__', ['self', ...header], '    ', WIDTH)} -> None:`
}

export function wrapDoc(text: string, indent = '    '): string {
  const lines: string[] = []
  let line = `${indent}"""`
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = `${indent}${word}`
    } else line += line.endsWith('"""') || line.trim() === '' ? word : ` ${word}`
  }
  return [...lines, `${line}`, `${indent}"""`].join('\n')
}

export const attributeOf =
  (attributes: ReadonlyMap<string, string>) =>
  ({ how }: Step): string =>
    how.kind === 'module' ? (attributes.get(how.key) ?? '') : ''

/** `self.conv1 = nn.Conv2d(…)` for every module. */
export function attributeLines(
  steps: readonly Step[],
  attributes: ReadonlyMap<string, string>,
  moduleOf: (step: Step) => Module | null,
): readonly string[] {
  const seen = new Set<string>()
  return steps.flatMap((step) => {
    const module = moduleOf(step)
    if (step.how.kind !== 'module' || !module || seen.has(step.how.key)) return []
    seen.add(step.how.key)
    const start = `        self.${attributes.get(step.how.key)} = `
    return [`${start}${moduleText(module, '        ', start.length)}`]
  })
}
