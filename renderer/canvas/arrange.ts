import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { directionOf, type Graph, type Point } from '#shared/graph/graph'
import { nodeSize } from '#shared/graph/tidy'
import { useDocument } from '../store/document'
import { change, moveEdits } from './change'
import { groupFlowId, viewGroups } from './groups'
import type { Scene } from './layout'

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

let worker: Worker | null = null

/** Arranges the whole network, in a worker; a second call while one is under way starts it anew. */
export function arrangeAll(): Promise<void> {
  worker?.terminate()
  const running = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
  worker = running
  const { graph } = useDocument.getState().document
  return new Promise((resolve) => {
    const end = () => {
      running.terminate()
      if (worker === running) worker = null
      resolve()
    }
    running.onmessage = ({ data }: MessageEvent<Record<string, Point>>) => {
      // Places for a network that has changed meanwhile would be wrong.
      if (useDocument.getState().document.graph === graph) change('arrange', moveEdits(new Map(Object.entries(data))))
      end()
    }
    running.onerror = () => {
      notifications.show({ color: 'red', message: i18next.t('app.canvas.arrangeFailed') })
      end()
    }
    running.postMessage(sceneOf(graph))
  })
}
