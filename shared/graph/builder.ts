import type { FieldValue } from '../fields'
import { type LayerParams, type LayerType, layers } from '../layers'
import { makeNode } from './edits'
import { type Edge, freshId, type Graph, type GraphNode, type Group } from './graph'
import { tidy } from './tidy'

/** What a builder hands around: one output of a layer. */
export interface Wire {
  readonly id: string
  readonly port: number
}

interface Options {
  readonly id?: string
  readonly name?: string
  /** Uses the weights of this layer. */
  readonly sharedWith?: string
}

const slug = (name: string): string => {
  const plain = name.replace(/[^A-Za-z0-9_]/g, '')
  return plain.charAt(0).toLowerCase() + plain.slice(1) || 'group'
}

/** Draws a graph from code: templates and blocks are written with it. Positions come from `tidy` at the end. */
export class Builder {
  private readonly nodes = new Map<string, GraphNode>()
  private readonly edges: Edge[] = []
  private readonly groups: Group[] = []
  private readonly counts = new Map<string, number>()
  private readonly open: string[] = []

  input(shape: readonly number[], options: Options = {}): Wire {
    return this.layer('input', { shape }, [], options)
  }

  /** Adds a layer fed by the given wires, in the order of its ports. Ids count up by type: `conv2d1`, `conv2d2`, … */
  layer<T extends LayerType>(
    type: T,
    params: Partial<LayerParams<T>>,
    from: Wire | readonly Wire[],
    options: Options = {},
  ): Wire {
    const id = options.id ?? this.next(type)
    if (this.nodes.has(id)) throw new Error(`Two layers are called ${id}. Give one of them another id.`)
    const params_ = params as Readonly<Record<string, FieldValue>>
    const node = makeNode(type, id, params_, undefined, options.name ?? options.id ?? layers[type].label)
    const group = this.open.at(-1)
    const { sharedWith } = options
    this.nodes.set(id, {
      ...node,
      ...(group !== undefined && { group }),
      ...(sharedWith !== undefined && { sharedWith }),
    })
    const sources = 'id' in from ? [from] : from
    sources.forEach((w, targetPort) => {
      this.edges.push({ source: w.id, sourcePort: w.port, target: id, targetPort })
    })
    return { id, port: 0 }
  }

  /** Everything that `draw` adds becomes one collapsible group, with an id like its name: `Inception 3a` is `inception3a`. */
  group<R>(name: string, block: Group['block'] | undefined, draw: () => R): R {
    const id = freshId({ has: (taken) => this.groups.some((g) => g.id === taken) }, slug(name))
    const parent = this.open.at(-1)
    this.groups.push({
      id,
      name,
      ...(parent !== undefined && { parent }),
      collapsed: false,
      ...(block && { block }),
    })
    this.open.push(id)
    const result = draw()
    this.open.pop()
    return result
  }

  build(): Graph {
    return tidy({ nodes: [...this.nodes.values()], edges: this.edges, groups: this.groups })
  }

  private next(base: string): string {
    const n = (this.counts.get(base) ?? 0) + 1
    this.counts.set(base, n)
    return `${base}${n}`
  }
}
