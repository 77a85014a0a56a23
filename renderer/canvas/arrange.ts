import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { directionOf, type Graph, type Point } from '#shared/graph/graph'
import { nodeSize } from '#shared/graph/tidy'
import { useDocument } from '../store/document'
import { axesOf, middleOf, pointAt } from './axes'
import { change, moveEdits } from './change'
import { commentBox, commentFlowId } from './comments'
import { type Box, groupFlowId, union, viewGroups } from './groups'
import type { Scene } from './layout'
import { boxOfFlowId } from './place'

/** The drawing as boxes: folded groups are one box, open ones frames. */
function sceneOf(graph: Graph): Scene {
  const views = viewGroups(graph)
  const frameOf = (group: string | undefined) =>
    group !== undefined && !views.byId.get(group)?.group.collapsed ? { frame: groupFlowId(group) } : {}
  const visible = [...views.byId.values()].filter((v) => v.visible)
  const stands = new Map(graph.nodes.map((n) => [n.id, views.standsFor(n)]))
  return {
    direction: directionOf(graph),
    boxes: [
      ...graph.nodes
        .filter((n) => stands.get(n.id) === n.id)
        .map((n) => ({ id: n.id, ...nodeSize, ...frameOf(n.group) })),
      ...visible
        .filter((v) => v.group.collapsed)
        .map((v) => ({ id: groupFlowId(v.group.id), ...nodeSize, ...frameOf(v.group.parent) })),
    ],
    frames: visible
      .filter((v) => !v.group.collapsed && v.members.length > 0)
      .map((v) => ({ id: groupFlowId(v.group.id), ...frameOf(v.group.parent) })),
    wires: graph.edges.flatMap((e) => {
      const [from, to] = [stands.get(e.source), stands.get(e.target)]
      return from !== undefined && to !== undefined && from !== to ? [{ from, to }] : []
    }),
  }
}

/** Places moved as a whole, so that the drawing begins where it began before, along the flow, and stays in the middle across it. */
export function anchored(graph: Graph, places: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  const axes = axesOf(graph)
  const before = union([...places.keys()].flatMap((id) => boxOfFlowId(graph, id) ?? []))
  const after = union([...places.values()].map((p) => ({ ...p, ...nodeSize })))
  if (!before || !after) return places
  const along = before[axes.along] - after[axes.along]
  const by = pointAt(axes, along, Math.round(middleOf(before, axes) - middleOf(after, axes)))
  return new Map([...places].map(([id, p]) => [id, { x: p.x + by.x, y: p.y + by.y }]))
}

/** A comment keeps its place beside what it stands next to. */
export function withComments(graph: Graph, places: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  const boxes = [...places].flatMap(([id, to]) => {
    const box = boxOfFlowId(graph, id)
    return box ? [{ box, by: { x: to.x - box.x, y: to.y - box.y } }] : []
  })
  const moves = (graph.comments ?? []).flatMap((c): [string, Point][] => {
    const at = commentBox(c)
    const gap = (axis: 'x' | 'y', size: 'width' | 'height', b: Box) =>
      Math.max(b[axis] - at[axis] - at[size], at[axis] - b[axis] - b[size], 0)
    const distance = ({ box }: { readonly box: Box }) => gap('x', 'width', box) + gap('y', 'height', box)
    const [first, ...rest] = boxes
    if (!first) return []
    const { by } = rest.reduce((best, b) => (distance(b) < distance(best) ? b : best), first)
    return [[commentFlowId(c.id), { x: c.position.x + by.x, y: c.position.y + by.y }]]
  })
  return new Map([...places, ...moves])
}

let cancelArranging: (() => void) | null = null
/** What takes longer than this says so, with a way to give it up, in ms. */
const NOTICE_MS = 500
const NOTICE = 'arranging'

/** Arranges the whole network, in a worker; a second call while one is under way starts it anew. */
export function arrangeAll(): Promise<void> {
  cancelArranging?.()
  const running = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
  const { graph } = useDocument.getState().document
  return new Promise((resolve) => {
    const notice = setTimeout(
      () =>
        notifications.show({
          id: NOTICE,
          loading: true,
          message: i18next.t('app.canvas.arranging'),
          autoClose: false,
          closeButtonProps: { 'aria-label': i18next.t('app.file.cancel') },
          onClose: end,
        }),
      NOTICE_MS,
    )
    let over = false
    const end = () => {
      // Hiding the notice closes it, which ends once more.
      if (over) return
      over = true
      running.terminate()
      clearTimeout(notice)
      if (cancelArranging === end) cancelArranging = null
      notifications.hide(NOTICE)
      resolve()
    }
    cancelArranging = end
    running.onmessage = ({ data }: MessageEvent<Record<string, Point>>) => {
      // Places for a network that has changed meanwhile would be wrong.
      if (useDocument.getState().document.graph === graph)
        change('arrange', moveEdits(withComments(graph, anchored(graph, new Map(Object.entries(data))))))
      end()
    }
    running.onerror = () => {
      notifications.show({ color: 'red', message: i18next.t('app.canvas.arrangeFailed') })
      end()
    }
    running.postMessage(sceneOf(graph))
  })
}
