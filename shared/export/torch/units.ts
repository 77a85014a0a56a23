import type { Group } from '../../graph/graph'
import type { Child, Module, Step, TorchValue, TorchWeight } from './graph'
import { claim, snakeCase } from './names'

/** Steps that become one module: those of a group, or all that are left. */
export interface Unit {
  readonly group: Group
  readonly steps: readonly Step[]
  readonly inputs: readonly TorchValue[]
  readonly output: TorchValue
  /** Attributes by the keys of modules. */
  readonly attributes: ReadonlyMap<string, string>
  /** One after the other, each of them a module: nn.Sequential can hold them. */
  readonly chain: readonly Child[] | null
}

/** The steps in an order in which everything is there when it is wanted, as near to the given one as may be. */
export function inOrder(steps: readonly Step[], known: readonly TorchValue[]): readonly Step[] {
  const have = new Set(known.map((v) => v.id))
  const made = new Set(steps.map((s) => s.output.id))
  const left = [...steps]
  const sorted: Step[] = []
  while (left.length > 0) {
    const at = left.findIndex((s) => s.inputs.every((v) => have.has(v.id) || !made.has(v.id)))
    const [step] = left.splice(Math.max(at, 0), 1)
    if (!step) break
    sorted.push(step)
    have.add(step.output.id)
  }
  return sorted
}

/** A name for every module, from what it is called in the drawing. */
export function nameModules(steps: readonly Step[], inputs: readonly string[] = []): ReadonlyMap<string, string> {
  const names = new Set<string>(inputs)
  const attributes = new Map<string, string>()
  for (const { how, name } of steps)
    if (how.kind === 'module' && !attributes.has(how.key))
      attributes.set(how.key, claim(names, snakeCase(name, kindOf(how.module))))
  return attributes
}

const kindOf = ({ type }: Module): string =>
  /Conv/.test(type)
    ? 'conv'
    : /Linear/.test(type)
      ? 'fc'
      : /Pool/.test(type)
        ? 'pool'
        : /Norm/.test(type)
          ? 'norm'
          : 'layer'

/** The weights of several modules by the names that they have in the one that holds them. */
export function weightsWithin(steps: readonly Step[], attributes: ReadonlyMap<string, string>): readonly TorchWeight[] {
  const seen = new Set<string>()
  return steps.flatMap(({ how }) => {
    if (how.kind !== 'module' || seen.has(how.key)) return []
    seen.add(how.key)
    return how.module.weights.map((w) => ({ ...w, path: `${attributes.get(how.key)}.${w.path}` }))
  })
}

/**
 * The steps of a group as a unit; null where they cannot be one: several results, a way that leaves and comes back, modules that are
 * also called from elsewhere. `all` are the steps of the network as they are now, `results` its outputs.
 */
export function unitOf(
  group: Group,
  own: readonly Step[],
  all: readonly Step[],
  results: readonly TorchValue[],
): Unit | null {
  const inside = new Set(own)
  const outside = all.filter((s) => !inside.has(s))
  const made = new Set(own.map((s) => s.output.id))
  const wanted = [...outside.flatMap((s) => s.inputs), ...results].filter((v) => made.has(v.id))
  const [output] = wanted
  if (!output || wanted.some((v) => v.id !== output.id)) return null
  const inputs = [...new Map(own.flatMap((s) => s.inputs.map((v) => [v.id, v]))).values()].filter(
    (v) => !made.has(v.id),
  )
  if (inputs.length === 0 || dependsOn(inputs, output, outside)) return null
  const keys = new Set(own.flatMap(({ how }) => (how.kind === 'module' ? [how.key] : [])))
  if (outside.some(({ how }) => how.kind === 'module' && keys.has(how.key))) return null
  const steps = inOrder(own, inputs)
  const attributes = nameModules(steps)
  return { group, steps, inputs, output, attributes, chain: inputs.length === 1 ? chainOf(steps, inputs[0]) : null }
}

function dependsOn(values: readonly TorchValue[], on: TorchValue, steps: readonly Step[]): boolean {
  const reached = new Set([on.id])
  for (let grown = true; grown; ) {
    grown = false
    for (const s of steps)
      if (!reached.has(s.output.id) && s.inputs.some((v) => reached.has(v.id))) {
        reached.add(s.output.id)
        grown = true
      }
  }
  return values.some((v) => reached.has(v.id))
}

function chainOf(steps: readonly Step[], from: TorchValue | undefined): readonly Child[] | null {
  const children: Child[] = []
  const keys = new Set<string>()
  let at = from?.id
  for (const { how, inputs, output } of steps) {
    if (inputs.length !== 1 || inputs[0]?.id !== at) return null
    const child = how.kind === 'function' ? how.module : how.write || keys.has(how.key) ? null : how.module
    if (child === null) return null
    if (how.kind === 'module') keys.add(how.key)
    children.push(child)
    at = output.id
  }
  return children
}

/** The weights of an nn.Sequential. */
export const weightsInChain = (chain: readonly Child[]): readonly TorchWeight[] =>
  chain.flatMap((child, i) =>
    typeof child === 'string' ? [] : child.weights.map((w) => ({ ...w, path: `${i}.${w.path}` })),
  )
