import type { Module, Step, TorchValue } from './graph'
import { weightsInChain } from './units'

/** From so many blocks in a row on, a list of them is easier to read than a name for each. */
const MANY = 6

/** `Block 1`, `Block 2`, … in a row as one nn.Sequential, `blocks`. */
export function gatherRuns(steps: readonly Step[], results: readonly TorchValue[]): readonly Step[] {
  const uses = new Map<number, number>()
  for (const v of [...steps.flatMap((s) => s.inputs), ...results]) uses.set(v.id, (uses.get(v.id) ?? 0) + 1)
  const gathered: Step[] = []
  for (let at = 0; at < steps.length; ) {
    const run = runFrom(steps, at, uses)
    const [first, last] = [run[0], run.at(-1)]
    if (first && last && run.length >= MANY) gathered.push(listed(first, last, run))
    else gathered.push(...steps.slice(at, at + Math.max(run.length, 1)))
    at += Math.max(run.length, 1)
  }
  return gathered
}

/** `Block` of `Block 12`; null for what is no numbered block. */
function stemOf({ how, inputs, name }: Step): string | null {
  if (how.kind !== 'module' || !how.key.startsWith('group ') || inputs.length !== 1) return null
  return /^(.*\D)[\s_]*\d+$/.exec(name)?.[1]?.trim() ?? null
}

function runFrom(steps: readonly Step[], from: number, uses: ReadonlyMap<number, number>): readonly Step[] {
  const [first] = steps.slice(from, from + 1)
  const stem = first ? stemOf(first) : null
  const run: Step[] = []
  for (const step of stem === null ? [] : steps.slice(from)) {
    const before = run.at(-1)?.output.id
    const follows = before === undefined || (step.inputs[0]?.id === before && uses.get(before) === 1)
    if (stemOf(step) !== stem || !follows) break
    run.push(step)
  }
  return run
}

function listed(first: Step, last: Step, run: readonly Step[]): Step {
  const children = run.flatMap(({ how }) => (how.kind === 'module' ? [how.module] : []))
  const module: Module = { type: 'nn.Sequential', args: [], children, weights: weightsInChain(children) }
  const name = `${stemOf(first)}s`
  return { ...last, name, inputs: first.inputs, how: { kind: 'module', key: `run ${name}`, module } }
}
