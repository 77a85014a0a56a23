import { EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from '@xyflow/react'
import { memo, useState } from 'react'
import type { Edge } from '#shared/graph/graph'
import { showShape } from '#shared/layer'
import type { Code, Problem } from '#shared/problems'
import { useLanguage } from '../i18n/names'
import { problemText } from '../i18n/problems'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { useDirection } from './direction'
import type { WireEdge } from './flow'
import css from './node.module.css'
import { wirePath } from './routing'

/** Problems of a layer that are about what its wires bring. */
const wireCodes: ReadonlySet<Code> = new Set([
  'tooManyInputs',
  'doubleInput',
  'badPort',
  'cycle',
  'wrongRank',
  'shapesDiffer',
  'concatDiffer',
] satisfies Code[])

const wireProblem = (problems: readonly Problem[]): Problem | undefined => problems.find((p) => wireCodes.has(p.code))

export const Wire = memo(function Wire(props: EdgeProps<WireEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, selected, data } = props
  const edge = data?.edges[0]
  const bad = useDocument((s) => edge && wireProblem(s.inference.node(edge.target)?.problems ?? []))
  const target = useView((s) => s.dropWire === id)
  const [hovered, setHovered] = useState(false)
  const run = { from: { x: sourceX, y: sourceY }, to: { x: targetX, y: targetY } }
  const direction = useDirection()
  const right = direction === 'right'
  const path =
    (right ? targetX - sourceX : targetY - sourceY) > 24
      ? wirePath(run, data?.lane ?? null, direction)
      : getSmoothStepPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, borderRadius: 8 })[0]
  const lane = data?.lane ?? null
  // Before the target's frame begins, whose title is to be read; beside a wire that runs right, which is often shorter than the label.
  const label = right
    ? {
        x: lane === null ? Math.min((sourceX + targetX) / 2, sourceX + 40) : (sourceX + targetX) / 2,
        y: (lane ?? sourceY) - 18,
      }
    : {
        x: lane ?? sourceX,
        y: lane === null ? Math.min((sourceY + targetY) / 2, sourceY + 22) : (sourceY + targetY) / 2,
      }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only shows what selecting shows too
    <g className={css.wireGroup} onMouseEnter={() => setHovered(true)} onMouseLeave={() => setHovered(false)}>
      <path
        d={path}
        className={css.wire}
        data-selected={selected || target || undefined}
        data-bad={bad ? true : undefined}
        data-testid="wire"
      />
      <path d={path} className="react-flow__edge-interaction" fill="none" stroke="transparent" strokeWidth={24} />
      {(hovered || selected) && edge && <WireLabel edge={edge} bad={bad} at={label} />}
    </g>
  )
})

interface LabelProps {
  readonly edge: Edge
  readonly bad: Problem | undefined
  readonly at: { readonly x: number; readonly y: number }
}

/** The tensor's size, or what is wrong with the wire. */
function WireLabel({ edge, bad, at }: LabelProps) {
  useLanguage()
  const size = useDocument((s) => showShape(s.inference.node(edge.source)?.outputs[edge.sourcePort] ?? null))
  if (!bad && size === '?') return null
  return (
    <EdgeLabelRenderer>
      <div
        className={css.wireLabel}
        style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)`, zIndex: 10 }}
        data-bad={bad ? true : undefined}
      >
        {bad ? problemText(bad) : size}
      </div>
    </EdgeLabelRenderer>
  )
}
