import type { Graph, Group } from '../../graph/graph'
import { attributeLines, attributeOf, likeness, nameClasses, wrapDoc, writeClass } from './classes'
import { forwardLines, type Port, returned, stepText } from './forward'
import type { Module, Step, TorchValue, TorchWeight } from './graph'
import { helperNames, helpers } from './helpers'
import { claim, pascalCase, snakeCase } from './names'
import type { TorchNetwork, TorchPort } from './network'
import { gatherRuns } from './runs'
import { WIDTH } from './text'
import { inOrder, nameModules, type Unit, unitOf, weightsInChain, weightsWithin } from './units'

export interface TorchModel {
  /** model.py. */
  readonly text: string
  /** What the network's class is called. */
  readonly name: string
  /** By their names in the class. */
  readonly weights: readonly TorchWeight[]
  /** Whether `predict` differs from calling the model. */
  readonly predicts: boolean
}

/** The network as a Python module: one class for blocks that are alike, nn.Sequential for what stands in a row. */
export function writeModel(network: TorchNetwork, { groups }: Graph, title: string): TorchModel {
  const endings = new Set(network.outputs.flatMap((o) => (o.ending && !isUsed(network, o.ending) ? [o.ending] : [])))
  const results = network.outputs.map((o) => o.value)
  const classes: string[] = []
  const taken = new Set<string>()
  const name = claim(taken, pascalCase(title, 'Network'), '')
  const folded = fold(
    network.steps.filter((s) => !endings.has(s)),
    groups,
    results,
    classes,
    taken,
  )
  const sorted = inOrder(
    folded,
    network.inputs.map((i) => i.value),
  )
  const steps = gatherRuns(sorted, results)
  const inputs = namePorts(network.inputs)
  const attributes = nameModules(
    steps,
    inputs.map((i) => i.name),
  )
  const names = nameResults(results, steps, inputs)
  const predicts = network.outputs.some((o) => o.ending)
  const parameters = inputs.map((i) => `${i.name}: Tensor`).join(', ')
  const returns = results.length === 1 ? 'Tensor' : `tuple[${results.map(() => 'Tensor').join(', ')}]`
  const lines = [
    `class ${name}(nn.Module):`,
    ...describe(title, network, inputs),
    '',
    '    def __init__(self) -> None:',
    '        super().__init__()',
    ...attributeLines(steps, attributes, (s) => (s.how.kind === 'module' ? s.how.module : null)),
    '',
    `    def forward(self, ${parameters}) -> ${returns}:`,
    ...(predicts ? [`        """What the loss starts from: ${stripped(network)}."""`] : []),
    ...forwardLines({ inputs, steps, outputs: results, names, attribute: attributeOf(attributes), remark: sizeOf }),
    ...(predicts
      ? predictLines(
          network,
          inputs.map((i) => i.name),
          results.map((v) => names.get(v.id)),
          parameters,
          returns,
        )
      : []),
  ]
  const body = [...classes, lines.join('\n')].join('\n\n\n')
  const all = `${body}\n`
  return { text: fileText(title, all), name, weights: weightsWithin(steps, attributes), predicts }
}

/** Does something else take what a step computes? */
const isUsed = ({ steps, outputs }: TorchNetwork, { output }: Step): boolean =>
  [...steps.flatMap((s) => s.inputs), ...outputs.map((o) => o.value)].some((v) => v.id === output.id)

function namePorts(ports: readonly TorchPort[]) {
  const names = new Set<string>()
  const only = ports.length === 1
  return ports.map(({ name, value }) => ({ name: claim(names, only ? 'x' : snakeCase(name, 'x')), value }))
}

/** Where several values are returned, each is called as the layer or block that makes it. */
function nameResults(results: readonly TorchValue[], steps: readonly Step[], inputs: readonly Port[]) {
  const taken = new Set(inputs.map((i) => i.name))
  const names = new Map<number, string>()
  for (const { id } of results.length > 1 ? results : []) {
    const step = steps.find((s) => s.output.id === id)
    if (step && !names.has(id)) names.set(id, claim(taken, snakeCase(step.name, 'y')))
  }
  return names
}

/** Groups as modules, from the innermost out; the steps that are left, and the classes on the way. */
function fold(
  all: readonly Step[],
  groups: readonly Group[],
  results: readonly TorchValue[],
  classes: string[],
  taken: Set<string>,
): readonly Step[] {
  let steps = all
  const byId = new Map(groups.map((g) => [g.id, g]))
  const known = (id: string | undefined) => (id !== undefined && byId.has(id) ? id : undefined)
  for (const level of levels(groups)) {
    const units: Unit[] = []
    for (const group of level) {
      const own = steps.filter((s) => s.group === group.id)
      const unit = own.length > 1 ? unitOf(group, own, steps, results) : null
      if (unit) units.push(unit)
      else steps = steps.map((s) => (s.group === group.id ? { ...s, group: known(group.parent) } : s) as Step)
    }
    const clusters = alike(units)
    const [inline, apart] = [clusters.filter(isInline), clusters.filter((c) => !isInline(c))]
    const names = nameClasses(apart, taken)
    const modules = new Map<Unit, Module>()
    for (const unit of inline.flat()) modules.set(unit, sequential(unit))
    apart.forEach((cluster, i) => {
      const written = writeClass(names[i] ?? '', cluster)
      if (!written) return
      classes.push(written.text)
      cluster.forEach((unit, at) => {
        const module = written.modules[at]
        if (module) modules.set(unit, module)
      })
    })
    for (const [unit, module] of modules) steps = replace(steps, unit, module, known(unit.group.parent))
  }
  return steps
}

function alike(units: readonly Unit[]): readonly (readonly Unit[])[] {
  const clusters = new Map<string, Unit[]>()
  for (const unit of units) {
    const key = likeness(unit)
    clusters.set(key, [...(clusters.get(key) ?? []), unit])
  }
  return [...clusters.values()]
}

/** A row that stands once, or is made of larger modules only, reads best where it stands. */
function isInline(cluster: readonly Unit[]): boolean {
  const chain = cluster[0]?.chain
  if (!chain) return false
  return cluster.length === 1 || chain.every((c) => typeof c !== 'string' && !c.type.startsWith('nn.'))
}

const sequential = ({ chain }: Unit): Module => ({
  type: 'nn.Sequential',
  args: [],
  children: chain ?? [],
  weights: weightsInChain(chain ?? []),
})

function replace(steps: readonly Step[], unit: Unit, module: Module, group: string | undefined): readonly Step[] {
  const own = new Set(unit.steps.map((s) => s.output.id))
  const at = steps.findIndex((s) => s.output.id === unit.output.id)
  const step: Step = {
    name: unit.group.name,
    group,
    inputs: unit.inputs,
    output: unit.output,
    how: { kind: 'module', key: `group ${unit.group.id}`, module },
  }
  return steps.flatMap((s, i) => (i === at ? [step] : own.has(s.output.id) ? [] : [s]))
}

/** Groups without others in them, then those that hold only such, and so on. */
function levels(groups: readonly Group[]): readonly (readonly Group[])[] {
  const heights = new Map<string, number>()
  const height = (group: Group, seen: readonly string[] = []): number => {
    const inner = groups.filter((g) => g.parent === group.id && !seen.includes(g.id))
    const own = inner.length === 0 ? 0 : 1 + Math.max(...inner.map((g) => height(g, [...seen, group.id])))
    heights.set(group.id, own)
    return own
  }
  for (const group of groups) if (!heights.has(group.id)) height(group)
  const top = Math.max(-1, ...heights.values())
  return Array.from({ length: top + 1 }, (_, h) => groups.filter((g) => heights.get(g.id) === h))
}

/** As PyTorch sees a value: `N×6×28×28`. */
function sizeOf({ layout, shape }: TorchValue): string {
  const own = layout === 'first' ? [...shape.slice(-1), ...shape.slice(0, -1)] : shape
  return ['N', ...own].join('×')
}

function describe(
  title: string,
  { inputs: ports, outputs }: TorchNetwork,
  inputs: readonly { readonly name: string }[],
) {
  const only = ports.length === 1
  const taken = ports.map(({ value }, i) => `${only ? '' : `${inputs[i]?.name} `}${sizeOf(value)}`).join(', ')
  const given = outputs.map(({ value }) => sizeOf(value)).join(', ')
  const text = `${plain(title)}: ${taken} in, ${given} out.`
  const line = `    """${text}"""`
  return line.length <= WIDTH ? [line] : [wrapDoc(text)]
}

/** Fit for a text in Python. */
const plain = (title: string): string =>
  title
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replace(/[\s\p{Cc}]+/gu, ' ')

const stripped = ({ outputs }: TorchNetwork): string => {
  const kinds = [...new Set(outputs.flatMap((o) => (o.ending ? [o.ending] : [])).map(functionName))]
  return `scores, before their ${kinds.join(' or ')}`
}
const functionName = (step: Step): string => (/softmax/.test(stepText(step, '', ['x'])) ? 'softmax' : 'sigmoid')

function predictLines(
  { outputs }: TorchNetwork,
  inputs: readonly string[],
  given: readonly (string | undefined)[],
  parameters: string,
  returns: string,
): readonly string[] {
  const call = `self(${inputs.join(', ')})`
  const [only] = outputs
  const head = ['', `    def predict(self, ${parameters}) -> ${returns}:`, '        """Probabilities."""']
  if (outputs.length === 1 && only?.ending) return [...head, `        return ${stepText(only.ending, '', [call])}`]
  const names = outputs.map((_, i) => given[i] ?? `y${i + 1}`)
  const ended = outputs.map((o, i) => (o.ending ? stepText(o.ending, '', [names[i] ?? '']) : (names[i] ?? '')))
  return [...head, `        ${names.join(', ')} = ${call}`, ...returned(ended)]
}

function fileText(title: string, body: string): string {
  const used = helperNames.filter((h) => new RegExp(`(?<![.\\w])${h}\\b`).test(body))
  const text = [...used.map((h) => helpers[h].trim()), body].join('\n\n\n')
  const imports = [
    ...(/\btorch\./.test(text) ? ['import torch'] : []),
    ...(/\bF\./.test(text) ? ['import torch.nn.functional as F'] : []),
    'from torch import Tensor, nn',
  ]
  return `"""The network ${plain(title)}, written by Netloom."""\n\n${imports.join('\n')}\n\n\n${text}`
}
