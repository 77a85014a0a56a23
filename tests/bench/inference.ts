import { defaultsOf } from '#shared/fields'
import { applyEdit, type Edit, makeNode } from '#shared/graph/edits'
import type { Edge, Graph, GraphNode } from '#shared/graph/graph'
import { createInference, infer } from '#shared/graph/infer'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'

/** A network of residual blocks, `size` layers in all, wired as users wire them. */
export function generate(size: number): Graph {
  const nodes: GraphNode[] = [makeNode('input', 'input', { shape: [64, 64, 16] })]
  const edges: Edge[] = []
  let x = 'input'
  const add = (type: 'conv2d' | 'batchNorm' | 'activation' | 'add', ...from: string[]): string => {
    const id = `n${nodes.length}`
    nodes.push(makeNode(type, id, type === 'conv2d' ? { filters: 16, useBias: false } : {}))
    from.forEach((source, targetPort) => {
      edges.push({ source, sourcePort: 0, target: id, targetPort })
    })
    return id
  }
  while (nodes.length < size) {
    const first = add('activation', add('batchNorm', add('conv2d', x)))
    x = add('activation', add('add', add('batchNorm', add('conv2d', first)), x))
  }
  return { nodes: nodes.slice(0, size), edges: edges.filter((e) => Number(e.target.slice(1)) < size), groups: [] }
}

const now = (): number => performance.now()
const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN

function time(runs: number, work: (run: number) => void): number {
  const times: number[] = []
  for (let run = -Math.ceil(runs / 3); run < runs; run++) {
    const start = now()
    work(run)
    if (run >= 0) times.push(now() - start)
  }
  return median(times)
}

interface Figures {
  readonly nodes: number
  readonly scratch: number
  /** Making the graph of an edit that changes no size, and following it. */
  readonly smallEdit: number
  readonly inputEdit: number
  /** MB that the engine holds besides the graph. */
  readonly memory: number
}

function measure(graph: Graph, runs: number): Figures {
  const scratch = time(runs, () => void infer(graph))

  const engine = createInference()
  let current = graph
  const edit = (e: Edit) => {
    current = applyEdit(current, e)
    return engine.update(current)
  }
  engine.update(current)
  const middle = [...graph.nodes].findLast((n, i) => n.type === 'conv2d' && i <= graph.nodes.length / 2)?.id ?? ''
  const small = (run: number): Edit => ({
    type: 'setParams',
    id: middle,
    params: { activation: run % 2 ? 'relu' : 'elu' },
  })
  const smallEdit = time(runs * 20, (run) => void edit(small(run)))
  const input = graph.nodes.find((n) => n.type === 'input')
  const shape = input?.type === 'input' ? input.params.shape : []
  const inputEdit = time(runs, (run) => {
    edit({
      type: 'setParams',
      id: input?.id ?? '',
      params: { shape: shape.map((n, i) => (i < 2 && run % 2 ? 2 * n : n)) },
    })
  })

  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const held = createInference()
  const result = held.update(graph)
  globalThis.gc?.()
  const memory = (process.memoryUsage().heapUsed - before) / 1e6
  if (result.totals.params.total === 0) throw new Error('The engine was freed too early.')
  return { nodes: graph.nodes.length, scratch, smallEdit, inputEdit, memory }
}

/** Prints how long inference takes; to reach: 10,000 layers from scratch in 60 ms, an edit that changes no size in 0.2 ms. */
export function benchInference(): void {
  const rows: (readonly [string, Graph, number])[] = [
    ['ResNet-152', drawTemplate(templates.resnet152, defaultsOf(templates.resnet152.fields)), 40],
    ['generated', generate(1000), 40],
    ['generated', generate(10_000), 40],
    ['generated', generate(50_000), 12],
  ]
  console.log('Inference of sizes, costs and receptive fields; medians in ms\n')
  console.log('network       layers   from scratch   edit, no size   edit at the input   memory MB   µs per layer')
  for (const [name, graph, runs] of rows) {
    const f = measure(graph, runs)
    const cells = [
      name.padEnd(11),
      f.nodes.toLocaleString('en').padStart(8),
      f.scratch.toFixed(2).padStart(14),
      f.smallEdit.toFixed(3).padStart(15),
      f.inputEdit.toFixed(2).padStart(19),
      f.memory.toFixed(1).padStart(11),
      ((1000 * f.scratch) / f.nodes).toFixed(2).padStart(14),
    ]
    console.log(cells.join(' '))
  }
}
