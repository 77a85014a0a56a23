import type { NodeHandle } from '@xyflow/react'
import { isVariadic } from '#shared/graph/edits'
import { type Direction, type GraphNode, outputCount } from '#shared/graph/graph'
import { nodeSize } from '#shared/graph/tidy'
import { layers } from '#shared/layers/index'
import { sides } from './direction'
import { inHandle, outHandle } from './wiring'

/** Width and height of a port, in pixels at zoom 1. */
export const PORT = 10
function handle(type: 'source' | 'target', id: string, share: number, direction: Direction): NodeHandle {
  const { width, height } = nodeSize
  const at =
    direction === 'right'
      ? { x: type === 'target' ? 0 : width, y: height * share }
      : { x: width * share, y: type === 'target' ? 0 : height }
  const position = sides[direction][type]
  return { id, type, position, x: at.x - PORT / 2, y: at.y - PORT / 2, width: PORT, height: PORT }
}

/** How many ports a layer's node shows; one of `many` takes any number of wires. */
export interface PortsShown {
  readonly inputs: number
  readonly outputs: number
  readonly many: boolean
}
export function portsOf(node: GraphNode): PortsShown {
  if (node.type === 'unknown') return { inputs: 1, outputs: 1, many: false }
  const many = isVariadic(node)
  return { inputs: many ? 1 : layers[node.type].inputs.max, outputs: outputCount(node), many }
}

/** Ports stand at even distances along their side. */
export const shareOf = (port: number, count: number): number => (port + 1) / (count + 1)

const handleLists = new Map<string, NodeHandle[]>()
/** Given beforehand, so that wires are drawn without measuring nodes. */
export function handlesOf(inputs: number, outputs: number, direction: Direction): NodeHandle[] {
  const key = `${inputs}/${outputs}/${direction}`
  let list = handleLists.get(key)
  if (!list) {
    list = [
      ...Array.from({ length: inputs }, (_, i) => handle('target', inHandle(i), shareOf(i, inputs), direction)),
      ...Array.from({ length: outputs }, (_, i) => handle('source', outHandle(i), shareOf(i, outputs), direction)),
    ]
    handleLists.set(key, list)
  }
  return list
}
