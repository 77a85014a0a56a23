import {
  ConnectionLineType,
  type EdgeChange,
  type NodeChange,
  type OnConnectEnd,
  type OnNodeDrag,
  type OnReconnect,
  PanOnScrollMode,
  ReactFlow,
  type ReactFlowProps,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { type DragEvent, type MouseEvent as ReactMouseEvent, useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Edge, Point } from '#shared/graph/graph'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { Announcer } from './Announcer'
import { CommentNode } from './CommentNode'
import { ContextMenu } from './ContextMenu'
import css from './canvas.module.css'
import { addAt, change, insertInto } from './change'
import { Dots } from './Dots'
import { useDetail } from './detail'
import { dragTo, endDrag, SNAP, startDrag } from './drag'
import { decodePiece, PIECE } from './drop'
import { FollowMenu, type OpenEnd } from './FollowMenu'
import type { FlowNode, WireEdge } from './flow'
import { FoldedNode, FrameNode } from './GroupNode'
import { HeatChooser } from './HeatChooser'
import { LayerNode } from './LayerNode'
import { Minimap } from './Minimap'
import { Overview } from './Overview'
import { useWholePixels } from './pixels'
import { cutEdits, type Line, reconnectEdits } from './reconnect'
import { Start } from './Start'
import { useLiveSelection } from './selection'
import { useShowStart } from './showStart'
import { useFlow } from './useFlow'
import { Wire } from './Wire'
import { connectEdits, type Drawn } from './wiring'
import { ZoomControls } from './ZoomControls'

const nodeTypes = { layer: LayerNode, folded: FoldedNode, frame: FrameNode, comment: CommentNode }
const edgeTypes = { wire: Wire }

export function Canvas() {
  const { nodes, edges } = useFlow()
  const snap = useView((s) => s.snap)
  const { screenToFlowPosition } = useReactFlow()
  const label = useTranslation().t('app.canvas.label')
  const [open, setOpen] = useState<OpenEnd | null>(null)
  const [menu, setMenu] = useState<Point | null>(null)
  const detail = useDetail()
  useShowStart()
  useLiveSelection()
  useWholePixels()

  const onDrop = useCallback(
    (event: DragEvent) => {
      const piece = decodePiece(event.dataTransfer.getData(PIECE))
      if (!piece) return
      event.preventDefault()
      const at = screenToFlowPosition({ x: event.clientX, y: event.clientY })
      const edge = wireUnder(event.target, edges)
      useView.setState({ dropWire: null })
      if (edge) insertInto(piece, edge, at)
      else addAt(piece, at)
    },
    [screenToFlowPosition, edges],
  )

  // Far out nodes are painted, not elements: what was hit is found by its place.
  const onPaneClick = useCallback(
    (event: ReactMouseEvent) => {
      if (detail !== 'plain') return
      const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY })
      const hit = nodes.findLast(
        ({ type, position: p, width = 0, height = 0 }) =>
          type !== 'frame' && x >= p.x && y >= p.y && x <= p.x + width && y <= p.y + height,
      )
      if (hit) useView.getState().select([hit.id])
    },
    [detail, nodes, screenToFlowPosition],
  )

  const openMenu = useCallback((event: ReactMouseEvent | MouseEvent) => {
    event.preventDefault()
    setMenu({ x: event.clientX, y: event.clientY })
  }, [])
  const onNodeContextMenu = useCallback(
    (event: ReactMouseEvent, { id }: FlowNode) => {
      if (!useView.getState().selection.has(id)) useView.getState().select([id])
      openMenu(event)
    },
    [openMenu],
  )
  const onEdgeContextMenu = useCallback(
    (event: ReactMouseEvent, { id }: WireEdge) => {
      useView.setState({ selection: new Set(), wires: new Set([id]) })
      openMenu(event)
    },
    [openMenu],
  )

  const grasped = useRef<Line | null>(null)
  const onReconnectStart = useCallback((_: ReactMouseEvent, wire: WireEdge) => {
    grasped.current = lineOf(wire)
  }, [])
  const onReconnectEnd = useCallback<OnReconnectEnd>((_event, wire, _side, { toNode, toHandle }) => {
    grasped.current = null
    if (!toNode && !toHandle) change('disconnect', cutEdits(lineOf(wire)))
  }, [])
  const canConnect = useCallback((drawn: Drawn) => {
    const line = grasped.current
    return (line ? reconnectEdits(graphNow(), line, drawn) : connectEdits(graphNow(), drawn)).length > 0
  }, [])

  const onConnectEnd = useCallback<OnConnectEnd>((event, state) => {
    const { fromNode, fromHandle, toNode, toHandle } = state
    if (grasped.current || !fromNode || !fromHandle || toNode || toHandle || !(event instanceof MouseEvent)) return
    const at = { x: event.clientX, y: event.clientY }
    setOpen({ at, node: fromNode.id, handle: fromHandle.id ?? '', side: fromHandle.type })
  }, [])

  return (
    <div
      className={css.canvas}
      data-testid="canvas"
      data-detail={detail}
      onDrop={onDrop}
      onDragOver={allowPieces}
      onDragLeave={forgetWire}
      role="application"
      aria-label={label}
    >
      <ReactFlow<FlowNode, WireEdge>
        nodes={nodes}
        edges={detail === 'plain' ? noWires : edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStart={onNodeDragStart}
        onSelectionDragStart={onSelectionDragStart}
        onNodeDragStop={endDrag}
        onSelectionDragStop={endDrag}
        snapToGrid={snap}
        snapGrid={snapGrid}
        onConnect={connect}
        onReconnect={reconnect}
        onReconnectStart={onReconnectStart}
        onReconnectEnd={onReconnectEnd}
        reconnectRadius={7}
        onPaneClick={onPaneClick}
        onNodeContextMenu={onNodeContextMenu}
        onEdgeContextMenu={onEdgeContextMenu}
        onPaneContextMenu={openMenu}
        onSelectionContextMenu={openMenu}
        nodesFocusable={false}
        edgesFocusable={false}
        onConnectEnd={onConnectEnd}
        isValidConnection={canConnect}
        connectionLineType={ConnectionLineType.SmoothStep}
        connectionRadius={28}
        panOnScroll
        panOnScrollMode={PanOnScrollMode.Free}
        selectionOnDrag
        panOnDrag={middleButton}
        selectionMode={SelectionMode.Partial}
        selectionKeyCode={null}
        multiSelectionKeyCode={multiSelectionKeys}
        deleteKeyCode={null}
        disableKeyboardA11y
        elevateNodesOnSelect={false}
        onlyRenderVisibleElements={nodes.length > 100}
        minZoom={0.05}
        maxZoom={2.5}
        nodeDragThreshold={2}
        zoomOnDoubleClick={false}
        proOptions={proOptions}
      >
        <Dots />
        {nodes.length > 0 && <Minimap nodes={nodes} />}
        {detail === 'plain' && <Overview nodes={nodes} edges={edges} />}
        <ZoomControls />
        {nodes.length > 0 && <HeatChooser />}
      </ReactFlow>
      <Announcer />
      {menu && <ContextMenu key={`${menu.x},${menu.y}`} at={menu} onClose={() => setMenu(null)} />}
      {nodes.length === 0 && <Start />}
      {open && <FollowMenu key={`${open.at.x},${open.at.y}`} open={open} onClose={() => setOpen(null)} />}
    </div>
  )
}

/** Far out, wires are painted too; nothing can be done with them there. */
const noWires: WireEdge[] = []
const middleButton = [1]
const snapGrid: [number, number] = [SNAP, SNAP]
const multiSelectionKeys = ['Shift', 'Control', 'Meta']
const proOptions = { hideAttribution: true }

const allowPieces = (event: DragEvent) => {
  if (!event.dataTransfer.types.includes(PIECE)) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'copy'
  const dropWire = wireIdUnder(event.target)
  if (dropWire !== useView.getState().dropWire) useView.setState({ dropWire })
}
const forgetWire = () => useView.setState({ dropWire: null })

const wireIdUnder = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest('.react-flow__edge')?.getAttribute('data-id') ?? null) : null
/** The one wire that a line under the pointer stands for. */
function wireUnder(target: EventTarget, lines: readonly WireEdge[]): Edge | undefined {
  const id = wireIdUnder(target)
  const wires = lines.find((e) => e.id === id)?.data?.edges ?? []
  return wires.length === 1 ? wires[0] : undefined
}

function onNodesChange(changes: NodeChange<FlowNode>[]): void {
  const moves = new Map<string, Point>()
  const selection = new Set(useView.getState().selection)
  let selected = false
  for (const c of changes) {
    if (c.type === 'position' && c.position)
      moves.set(c.id, { x: Math.round(c.position.x), y: Math.round(c.position.y) })
    if (c.type !== 'select') continue
    selected = true
    if (c.selected) selection.add(c.id)
    else selection.delete(c.id)
  }
  if (selected) useView.setState({ selection })
  if (moves.size > 0) dragTo(moves)
}

function onEdgesChange(changes: EdgeChange<WireEdge>[]): void {
  const wires = new Set(useView.getState().wires)
  for (const c of changes) {
    if (c.type !== 'select') continue
    if (c.selected) wires.add(c.id)
    else wires.delete(c.id)
  }
  useView.setState({ wires })
}

const graphNow = () => useDocument.getState().document.graph
const connect = (drawn: Drawn) => change('connect', connectEdits(graphNow(), drawn))
const lineOf = ({ source, target, sourceHandle, targetHandle, data }: WireEdge): Line => {
  return {
    source,
    target,
    sourceHandle: sourceHandle ?? null,
    targetHandle: targetHandle ?? null,
    edges: data?.edges ?? [],
  }
}
const reconnect: OnReconnect<WireEdge> = (wire, drawn) =>
  change('reconnect', reconnectEdits(graphNow(), lineOf(wire), drawn))

type OnReconnectEnd = NonNullable<ReactFlowProps<FlowNode, WireEdge>['onReconnectEnd']>
const idsOf = (nodes: readonly FlowNode[]) => nodes.map((n) => n.id)
const onNodeDragStart: OnNodeDrag<FlowNode> = (event, _node, nodes) => startDrag(idsOf(nodes), event.altKey)
const onSelectionDragStart = (event: ReactMouseEvent, nodes: FlowNode[]) => startDrag(idsOf(nodes), event.altKey)
