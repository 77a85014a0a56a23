import type { Arg, Literal, Module, Step } from './graph'
import { claim } from './names'
import { sameLiteral } from './text'
import type { Unit } from './units'

/** A number that differs between units which are alike otherwise. */
export interface Param {
  readonly name: string
  readonly type: string
  readonly positional: boolean
  /** One per unit. */
  readonly values: readonly Literal[]
  /** Step and place of the arguments that it stands for. */
  readonly places: ReadonlySet<string>
}

const isChannels = (name: string): boolean => /channels|features|groups$/.test(name)

/** Arguments of a module and of those within it, with their places. */
const argsOf = ({ args, children = [] }: Module): readonly Arg[] => [
  ...args,
  ...children.flatMap((c) => (typeof c === 'string' ? [] : argsOf(c))),
]

interface Varying {
  readonly arg: Arg
  readonly step: Step
  readonly values: readonly Literal[]
  readonly places: Set<string>
}

export function findParams(units: readonly Unit[]): readonly Param[] {
  const [first] = units
  const found: Varying[] = []
  first?.steps.forEach((step, s) => {
    if (step.how.kind !== 'module') return
    argsOf(step.how.module).forEach((arg, a) => {
      const values = units.map(({ steps }) => {
        const how = steps[s]?.how
        return how?.kind === 'module' ? (argsOf(how.module)[a]?.value ?? 0) : 0
      })
      if (values.every((v) => sameLiteral(v, arg.value))) return
      // Channels that always agree are one number, whatever they are called; others only under the same name.
      const same = found.find(
        (f) =>
          (f.arg.name === arg.name || (isChannels(f.arg.name) && isChannels(arg.name))) &&
          f.values.every((v, i) => sameLiteral(v, values[i])),
      )
      if (same) same.places.add(`${s} ${a}`)
      else found.push({ arg, step, values, places: new Set([`${s} ${a}`]) })
    })
  })
  return nameParams(found, first)
}

function nameParams(found: readonly Varying[], first: Unit | undefined): readonly Param[] {
  const names = new Set<string>()
  const places = (first?.steps ?? []).flatMap((step, s) =>
    step.how.kind === 'module' ? argsOf(step.how.module).map((arg, a) => ({ arg, place: `${s} ${a}` })) : [],
  )
  const channels = places.filter(({ arg }) => isChannels(arg.name) && !arg.name.endsWith('groups'))
  const [from, to] = [channels[0]?.place ?? '', channels.at(-1)?.place ?? '']
  const hidden = found.filter((f) => isChannels(f.arg.name) && !f.places.has(from) && !f.places.has(to))
  const attribute = ({ how }: Step) => (how.kind === 'module' ? (first?.attributes.get(how.key) ?? '') : '')
  const params = found.map(({ arg, places, step, values }): Param => {
    const kind = arg.name.endsWith('features') ? 'features' : 'channels'
    const [begins, ends] = [places.has(from), places.has(to)]
    const base = !isChannels(arg.name)
      ? arg.name
      : begins && ends
        ? kind
        : begins
          ? `in_${kind}`
          : ends
            ? `out_${kind}`
            : hidden.length === 1
              ? `hidden_${kind}`
              : `${attribute(step)}_${kind}`
    const name = claim(names, base === arg.name && names.has(base) ? `${attribute(step)}_${base}` : base)
    return { name, type: typeOf(values), positional: isChannels(arg.name), values, places }
  })
  // Positional ones stand first.
  return [...params.filter((p) => p.positional), ...params.filter((p) => !p.positional)]
}

function typeOf(values: readonly Literal[]): string {
  const one = (v: Literal): string =>
    typeof v === 'boolean'
      ? 'bool'
      : typeof v === 'object'
        ? `tuple[${v.map(() => 'int').join(', ')}]`
        : Number.isInteger(v)
          ? 'int'
          : 'float'
  const types = [...new Set(values.map(one))]
  return types.includes('float') ? 'float' : types.join(' | ')
}

/** The module with parameters in place of the numbers that differ. */
export function withParams(module: Module, step: number, params: readonly Param[]): Module {
  let at = 0
  const change = (m: Module): Module => ({
    ...m,
    args: m.args.map((arg) => {
      const place = `${step} ${at++}`
      const param = params.find((p) => p.places.has(place))
      return param ? { name: arg.name, value: param.name, positional: arg.positional ?? false } : arg
    }),
    ...(m.children && { children: m.children.map((c) => (typeof c === 'string' ? c : change(c))) }),
  })
  return change(module)
}
