import type { Field, FieldValue } from '#shared/fields'
import type { GraphNode } from '#shared/graph/graph'
import { layers } from '#shared/layers/index'

export interface SharedField {
  readonly name: string
  readonly owner: string
  readonly field: Field
  /** Undefined where the layers differ. */
  readonly value: FieldValue | undefined
}

const sameKind = (a: Field, b: Field): boolean =>
  a.kind === b.kind &&
  (a.kind !== 'tuple' || (b.kind === 'tuple' && a.length === b.length)) &&
  (a.kind !== 'padding' || (b.kind === 'padding' && a.axes === b.axes)) &&
  (a.kind !== 'choice' || (b.kind === 'choice' && a.options.every((o) => b.options.includes(o))))

/** Parameters that all the layers have under the same name and of the same kind. */
export function sharedFields(nodes: readonly GraphNode[]): readonly SharedField[] {
  const [first, ...rest] = nodes
  if (!first || first.type === 'unknown') return []
  return Object.entries(layers[first.type].fields).flatMap(([name, field]) => {
    const own = (n: GraphNode): Field | undefined => (n.type === 'unknown' ? undefined : layers[n.type].fields[name])
    const all = rest.every((n) => {
      const other = own(n)
      return other !== undefined && sameKind(field, other)
    })
    if (!all) return []
    const read = (n: GraphNode) => (n.params as Readonly<Record<string, FieldValue>>)[name]
    const value = read(first)
    const equal = rest.every((n) => JSON.stringify(read(n)) === JSON.stringify(value))
    return [{ name, owner: first.type, field, value: equal ? value : undefined }]
  })
}
