import type { NodeHandle } from '@xyflow/react'
import { directionOf, findNode, type Graph } from '#shared/graph/graph'
import type { Inference } from '#shared/graph/infer'
import { isKnown, type MaybeShape, showShape } from '#shared/layer'
import { layers } from '#shared/layers/index'
import { short } from '../i18n/format'
import { groupName, nodeName, translateWords } from '../i18n/names'
import { sumTotals } from '../inspector/sums'
import type { Flow, FlowNode, FoldedFlowNode, LayerFlowNode } from './flow'
import { exitOf, union } from './groups'
import { wirePath } from './routing'
import { wrapText } from './wrap'

/** Gives a colour of the interface by the name of its variable. */
export type Palette = (name: string) => string

const MARGIN = 24
/** Widths of a letter, in pixels: of sizes, and on the average of titles. */
const [MONO, TITLE] = [6.7, 7.2]
const cut = (s: string, width: number): string => {
  const room = Math.max(Math.floor(width / TITLE), 1)
  return s.length > room ? `${s.slice(0, room - 1)}…` : s
}
const SANS = 'system-ui, sans-serif'
const xml = (s: string): string => s.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

export interface Subject {
  readonly graph: Graph
  readonly flow: Flow
  readonly inference: Inference
  readonly color: Palette
  /** The line of a layer's costs. */
  costs(params: string, macs: string): string
}

/** The drawing as an SVG file of its own: what the canvas shows, without what belongs to the moment (selection, problems). */
export function pictureOf(subject: Subject): string {
  const { color } = subject
  const { nodes, edges } = subject.flow
  const box = union(nodes.map((n) => ({ ...n.position, width: n.width ?? 0, height: n.height ?? 0 })))
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 1, height: 1 }
  const at = new Map(nodes.map((n) => [n.id, n]))
  const text = (px: number, py: number, size: number, content: string, rest: string) =>
    `<text x="${px}" y="${py}" font-size="${size}" ${rest}>${xml(content)}</text>`

  const wires = edges.map((e) => {
    const [from, to] = [at.get(e.source), at.get(e.target)]
    if (!from || !to) return ''
    const port = (n: FlowNode, id: string | null | undefined) => n.handles?.find((h) => h.id === id)
    const [a, b] = [port(from, e.sourceHandle), port(to, e.targetHandle)]
    const end = (n: FlowNode, h: NodeHandle | undefined) => ({
      x: n.position.x + (h ? h.x + (h.width ?? 0) / 2 : 0),
      y: n.position.y + (h ? h.y + (h.height ?? 0) / 2 : 0),
    })
    const path = wirePath({ from: end(from, a), to: end(to, b) }, e.data?.lane ?? null, directionOf(subject.graph))
    return `<path d="${path}" fill="none" stroke="${color('--nl-wire')}" stroke-width="1.5"/>`
  })

  const drawn = nodes.map((n) => {
    const { x: nx, y: ny } = n.position
    const [w, h] = [n.width ?? 0, n.height ?? 0]
    const ink = `fill="${color('--nl-text')}"`
    const muted = `fill="${color('--nl-muted')}"`
    const rect = (rest: string) => `<rect x="${nx}" y="${ny}" width="${w}" height="${h}" ${rest}/>`
    if (n.type === 'frame')
      return (
        rect(`rx="12" fill="none" stroke="${color('--nl-border')}" stroke-dasharray="4 4"`) +
        text(nx + 12, ny + 21, 13, groupName(n.data.group), `font-weight="600" ${ink}`)
      )
    if (n.type === 'comment') {
      const lines = wrapText(n.data.comment.text, w - 20).slice(0, Math.max(Math.floor((h - 12) / 18), 1))
      return (
        rect(`rx="4" fill="${color(`--nl-note-${n.data.comment.color}`)}" stroke="${color('--nl-border')}"`) +
        lines.map((line, i) => text(nx + 10, ny + 22 + i * 18, 13, line, ink)).join('')
      )
    }
    const { title, size, lines, hue } = faceOf(n, subject)
    return [
      rect(`rx="8" fill="${color('--nl-surface')}" stroke="${color('--nl-border')}"`),
      `<rect x="${nx}" y="${ny}" width="5" height="${h}" rx="2" fill="${color(hue)}"/>`,
      text(nx + 16, ny + 24, 13, cut(title, w - 34 - size.length * MONO), `font-weight="600" ${ink}`),
      text(nx + w - 10, ny + 24, 11, size, `font-family="monospace" text-anchor="end" ${ink}`),
      ...lines.map((line, i) => text(nx + 16, ny + 44 + i * 17, 11, line, muted)),
    ].join('')
  })
  const view = [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view.join(' ')}" width="${view[2]}" height="${view[3]}" font-family="${SANS}">`,
    `<rect x="${view[0]}" y="${view[1]}" width="${view[2]}" height="${view[3]}" fill="${color('--nl-canvas')}"/>`,
    ...drawn.filter((_, i) => isBehind(nodes[i])),
    ...wires,
    ...drawn.filter((_, i) => !isBehind(nodes[i])),
    '</svg>',
  ].join('\n')
}

/** Frames and comments lie behind the wires. */
const isBehind = (n: FlowNode | undefined): boolean => n?.type === 'frame' || n?.type === 'comment'

interface Face {
  readonly title: string
  readonly size: string
  readonly lines: readonly string[]
  /** Variable of the stripe's colour. */
  readonly hue: string
}

function faceOf(n: LayerFlowNode | FoldedFlowNode, { graph, inference, costs }: Subject): Face {
  const known = (shape: MaybeShape | undefined | null) => (shape && isKnown(shape) ? showShape(shape) : '')
  if (n.type === 'folded') {
    const { params, macs } = sumTotals(inference, n.data.members)
    const exit = exitOf(graph, n.data.members)
    const size = known(exit && inference.node(exit.node)?.outputs[exit.port])
    return { title: groupName(n.data.group), size, lines: [costs(short(params.total), short(macs))], hue: '--nl-muted' }
  }
  const node = findNode(graph, n.id)
  if (!node) return { title: '', size: '', lines: [], hue: '--nl-border' }
  const result = inference.node(node.id)
  const digest = node.type === 'unknown' ? node.originalType : (layers[node.type].digest?.(node.params) ?? '')
  const line = result?.known ? costs(short(result.totals.params.total), short(result.totals.macs)) : ''
  return {
    title: nodeName(node),
    size: known(result?.outputs[0]),
    lines: [translateWords(digest), line].filter(Boolean),
    hue: node.type === 'unknown' ? '--nl-border' : `--nl-${layers[node.type].category}`,
  }
}
