import { draft, type Fix, type Problem, toProblem } from '../problems'
import { mayStarve, reachedByGradient } from './gradients'
import type { GraphNode } from './graph'
import { type NodeResult, noTotals } from './nodeResult'
import type { Slot } from './order'
import { wrongSharing } from './sharing'

/** What is said of a node that does not follow from what feeds it alone. */
interface Amendment {
  /** The result without it. */
  readonly base: NodeResult
  readonly shares: boolean
  readonly problems: readonly Problem[]
}

/** The second pass of inference: layers that use the weights of others, and layers that no gradient reaches. */
export interface Amender {
  /** A slot has a new result of its own. */
  computed(slot: Slot): void
  removed(slot: Slot): void
  /** Brings all results up to date, and tells of each that it replaces, with the one before. */
  amend(slots: ReadonlyMap<string, Slot>, replaced: (slot: Slot, before: NodeResult) => void): void
}

export function createAmender(): Amender {
  const sharing = new Set<Slot>()
  const starving = new Set<Slot>()
  const amended = new Map<Slot, Amendment>()
  const member = (set: Set<Slot>, slot: Slot, is: boolean) => (is ? set.add(slot) : set.delete(slot))
  const baseOf = (slot: Slot): NodeResult => amended.get(slot)?.base ?? slot.result

  return {
    computed(slot) {
      amended.delete(slot)
      member(sharing, slot, slot.node.sharedWith !== undefined)
      member(starving, slot, mayStarve(slot.node))
    },
    removed(slot) {
      amended.delete(slot)
      sharing.delete(slot)
      starving.delete(slot)
    },
    amend(slots, replaced) {
      if (sharing.size === 0 && starving.size === 0 && amended.size === 0) return
      const find = (id: string) => {
        const slot = slots.get(id)
        return slot && { node: slot.node, result: baseOf(slot) }
      }
      const wanted = new Map<Slot, Problem[]>()
      for (const slot of sharing) {
        const wrong = wrongSharing({ node: slot.node, result: baseOf(slot) }, find)
        wanted.set(slot, wrong ? [said(slot.node, wrong.found, wrong.fix)] : [])
      }
      if (starving.size > 0) {
        const reached = reachedByGradient(slots.values())
        for (const slot of slots.values())
          if (!reached.has(slot) && baseOf(slot).weights.some((w) => w.trainable))
            wanted.set(slot, [...(wanted.get(slot) ?? []), said(slot.node, draft('noGradient', {}))])
      }
      for (const slot of new Set([...wanted.keys(), ...amended.keys()])) {
        const problems = wanted.get(slot)
        const known = amended.get(slot)
        const shares = sharing.has(slot)
        const isSame = known && problems && known.shares === shares && alike(known.problems, problems)
        if (isSame) continue
        const [base, before] = [baseOf(slot), slot.result]
        if (problems) amended.set(slot, { base, shares, problems })
        else amended.delete(slot)
        slot.result = problems ? withAmendment(base, shares, problems) : base
        replaced(slot, before)
      }
    },
  }
}

const said = (node: GraphNode, found: Parameters<typeof toProblem>[0], fix?: Fix): Problem =>
  toProblem(found, node.id, fix)

const alike = (a: readonly Problem[], b: readonly Problem[]): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Weights that are another layer's are counted there. */
function withAmendment(base: NodeResult, shares: boolean, problems: readonly Problem[]): NodeResult {
  const totals = shares ? { ...base.totals, params: noTotals.params, weightBytes: 0 } : base.totals
  const known = base.known && problems.every((p) => p.severity !== 'error')
  return { ...base, totals, known, problems: [...base.problems, ...problems] }
}
