import type { Graph } from '#shared/graph/graph'
import { type Trouble, troublesOf } from '#shared/training/health'
import type { StatisticsEvent } from '#shared/training/run'

const texts: Readonly<Record<Trouble, (layers: string) => string>> = {
  vanishing: (layers) =>
    `The gradients vanish on their way to ${layers}: these layers hardly learn. Use ReLU, batch normalization or shortcuts.`,
  exploding: (layers) =>
    `Gradients or steps are too large in ${layers}. Lower the learning rate, or limit the norm of the gradients.`,
  deadRelu: (layers) =>
    `Many units of ${layers} are 0 for every sample (dead ReLU). Lower the learning rate, or use leaky ReLU.`,
}
const SHOWN = 5

/** What was wrong with layers when they were last looked at, a sentence for each kind. */
export function sayTroubles(graph: Graph, last: StatisticsEvent | undefined): readonly string[] {
  const found = [...troublesOf(last?.layers ?? [])]
  const names = new Map(graph.nodes.map((n) => [n.id, n.name]))
  return (Object.keys(texts) as Trouble[]).flatMap((trouble) => {
    const layers = found.filter(([, troubles]) => troubles.includes(trouble)).map(([id]) => names.get(id) ?? id)
    if (layers.length === 0) return []
    const more = layers.length > SHOWN ? ` and ${layers.length - SHOWN} more` : ''
    return [texts[trouble](layers.slice(0, SHOWN).join(', ') + more)]
  })
}
