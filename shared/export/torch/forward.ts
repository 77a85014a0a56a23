import type { Step, TorchValue } from './graph'
import { WIDTH } from './text'

const INDENT = '        '
/** An expression longer than this is given a name before it goes on. */
const NESTED = 62

export interface Port {
  readonly name: string
  readonly value: TorchValue
}
interface Forward {
  readonly inputs: readonly Port[]
  readonly steps: readonly Step[]
  readonly outputs: readonly TorchValue[]
  /** What outputs are called that have a name of their own, by their values. */
  readonly names?: ReadonlyMap<number, string>
  /** The attribute of a step's module. */
  attribute(step: Step): string
  /** What is said behind a statement about its value. */
  remark?(value: TorchValue): string
}

/** What is written around its input rather than begun on a new line: functions, and modules without a product of weights. */
const isLight = ({ how }: Step): boolean => how.kind === 'function' || /Norm|Dropout|ReLU|Noise/.test(how.module.type)

export function stepText(step: Step, attribute: string, inputs: readonly string[]): string {
  const { how } = step
  if (how.kind === 'function') return how.write(inputs)
  const self = `self.${attribute}`
  return how.write ? how.write(self, inputs[0] ?? '') : `${self}(${inputs.join(', ')})`
}

/** The statements of a forward method: a chain keeps its variable, a branch gets one of its own. */
export function forwardLines({ attribute, inputs, names: own, outputs, remark, steps }: Forward): readonly string[] {
  const uses = new Map<number, number>()
  const use = (id: number, by: number) => uses.set(id, (uses.get(id) ?? 0) + by)
  for (const v of [...steps.flatMap((s) => s.inputs), ...outputs]) use(v.id, 1)
  const branches = new Map(uses)
  /** Values as they stand in variables, and the one that is not in a variable yet. */
  const variables = new Map<number, string>(inputs.map((i) => [i.value.id, i.name]))
  let pending: { readonly id: number; readonly text: string; readonly ends: readonly number[] } | null = null
  const lines: string[] = []
  const names = new Set([...variables.values(), ...(own?.values() ?? [])])
  let ended = false
  steps.forEach((step, at) => {
    const { output } = step
    const texts = step.inputs.map((v) => (pending?.id === v.id ? pending.text : (variables.get(v.id) ?? 'x')))
    const text = stepText(step, attribute(step), texts)
    const ends = [...(pending?.ends ?? []), ...step.inputs.map((v) => v.id)]
    pending = null
    for (const v of step.inputs) use(v.id, -1)
    const next = steps[at + 1]
    if (at === steps.length - 1 && outputs.length === 1 && outputs[0]?.id === output.id) {
      lines.push(...returned([text]))
      ended = true
      return
    }
    const follows = next && uses.get(output.id) === 1 && next.inputs.some((v) => v.id === output.id)
    if (follows && (isLight(next) || isPadding(step)) && !clashes(step, next) && text.length <= NESTED) {
      pending = { id: output.id, text, ends }
      return
    }
    // A variable that nothing asks for any more.
    const free = ends.filter((id) => variables.has(id) && uses.get(id) === 0)
    const kept = free[0]
    const name =
      own?.get(output.id) ??
      (kept === undefined
        ? fresh(names, Math.max(...ends.map((id) => branches.get(id) ?? 1)))
        : (variables.get(kept) ?? 'x'))
    for (const id of free) {
      const gone = variables.get(id)
      if (gone !== undefined && gone !== name) names.delete(gone)
      variables.delete(id)
    }
    variables.set(output.id, name)
    names.add(name)
    const said = remark?.(output) ?? ''
    lines.push(...statement(`${name} = `, text, said === '' ? '' : `  # ${said}`))
  })
  return ended ? lines : [...lines, ...returned(outputs.map((v) => variables.get(v.id) ?? 'x'))]
}

/** Several values that do not fit on a line get one each. */
export function returned(texts: readonly string[]): readonly string[] {
  const fits = INDENT.length + 'return '.length + texts.join(', ').length <= WIDTH
  if (texts.length === 1 || fits) return statement('return ', texts.join(', '), '')
  return [`${INDENT}return (`, ...texts.map((text) => `${INDENT}    ${text},`), `${INDENT})`]
}

/** Belongs to the layer that it is for. */
const isPadding = ({ how }: Step): boolean => how.kind === 'function' && how.write(['x']).startsWith('F.pad(')

/** `(a + b).flatten(1)`: a name is easier to read. */
const clashes = ({ how }: Step, { how: next }: Step): boolean =>
  how.kind === 'function' && how.form === 'infix' && next.kind === 'function' && next.form !== 'call'

/** `y` beside one value that lives on; `branch1`, `branch2`, … where there are more branches. */
function fresh(names: ReadonlySet<string>, branches: number): string {
  if (branches < 3 && !names.has('y')) return 'y'
  for (let n = 1; ; n++) if (!names.has(`branch${n}`)) return `branch${n}`
}

function statement(start: string, text: string, remark: string): readonly string[] {
  const line = `${INDENT}${start}${text}`
  if (line.length + remark.length <= WIDTH) return [line + remark]
  if (line.length <= WIDTH) return [line]
  // Within the outermost parentheses.
  const open = text.indexOf('(')
  if (open < 0 || !text.endsWith(')')) return [`${INDENT}${start}(`, `${INDENT}    ${text}`, `${INDENT})`]
  return [`${INDENT}${start}${text.slice(0, open + 1)}`, `${INDENT}    ${text.slice(open + 1, -1)}`, `${INDENT})`]
}
