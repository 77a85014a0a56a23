import type { OnnxGraph, Step } from '#shared/export/onnx/graph'
import { rules } from './rules'
import type { Asked } from './rules/rule'

/**
 * Adds to a graph the operators that compute the gradients of what `seeds` are the gradients of, in the tensors `of`, by going through its
 * steps backwards. A tensor that no gradient reaches is left out. Throws where an operator has no rule.
 */
export function differentiate(
  g: OnnxGraph,
  seeds: readonly (readonly [of: string, seed: string])[],
  of: readonly string[],
): ReadonlyMap<string, string> {
  const steps = g.tape.slice()
  const needed = new Set(of)
  for (const { inputs, outputs } of steps) if (inputs.some((i) => needed.has(i))) for (const o of outputs) needed.add(o)
  const makers = new Map(g.nodes.flatMap((n) => n.outputs.map((o) => [o, n.op] as const)))
  const context = { g, masked: new Set<string>(), maker: (tensor: string) => makers.get(tensor) }
  const found = new Map<string, string[]>()
  for (const [name, seed] of seeds) found.set(name, [...(found.get(name) ?? []), seed])
  const total = (name: string): string | null => {
    const parts = found.get(name) ?? []
    if (parts.length > 1) found.set(name, [g.op('Sum', parts)])
    return found.get(name)?.[0] ?? null
  }
  for (const step of steps.reverse()) {
    if (!step.outputs.some((o) => needed.has(o))) continue
    const gradients = step.outputs.map(total)
    if (gradients.every((dy) => dy === null)) continue
    const wanted = step.inputs.map((i) => needed.has(i))
    const backward = backwardOf(context, step, gradients, wanted)
    step.inputs.forEach((input, i) => {
      const own = backward[i]
      if (own && wanted[i]) found.set(input, [...(found.get(input) ?? []), own])
    })
  }
  return new Map(
    of.flatMap((name) => {
      const gradient = total(name)
      return gradient ? [[name, gradient] as const] : []
    }),
  )
}

function backwardOf(
  context: Pick<Asked, 'g' | 'maker' | 'masked'>,
  { how, inputs, outputs }: Step,
  gradients: readonly (string | null)[],
  wanted: readonly boolean[],
) {
  if ('backward' in how) return how.backward(gradients, wanted)
  const rule = rules[how.op.op]
  if (!rule) throw new Error(`The operator ${how.op.op} has no gradient rule.`)
  return rule({ ...context, node: how.op, inputs, outputs, wanted }, gradients)
}
