import { Handle, type NodeProps } from '@xyflow/react'
import { type CSSProperties, memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { GraphNode } from '#shared/graph/graph'
import type { NodeResult } from '#shared/graph/nodeResult'
import { nodeSize } from '#shared/graph/tidy'
import { showShape } from '#shared/layer'
import { layers } from '#shared/layers/index'
import { isFrozen } from '#shared/training/weightSettings'
import { short } from '../i18n/format'
import { nodeName, translateWords, useLanguage } from '../i18n/names'
import { problemText } from '../i18n/problems'
import { useDocument } from '../store/document'
import { useLayer } from '../store/useLayer'
import { useView } from '../store/view'
import { nodeColor, nodeIcon } from '../theme/icons'
import { TroubleMark, troubleHelp } from '../training/layers/TroubleMark'
import { type LayerTrouble, useLayerTroubles } from '../training/layers/useLayerTroubles'
import { type Detail, useDetail } from './detail'
import { sides, useDirection } from './direction'
import type { LayerFlowNode } from './flow'
import { heatOf } from './heat'
import { Lock } from './Lock'
import css from './node.module.css'
import { type PortsShown, portsOf, shareOf } from './ports'
import { SharedMark } from './SharedMark'
import { severityOf, Trouble } from './Trouble'
import { textWidth } from './textWidth'
import { inHandle, outHandle } from './wiring'

/** All layers are drawn by this one component; it renders again when its own layer or its own figures change. Far out it is painted by the overview. */
export const LayerNode = memo(
  function LayerNode({ id, selected }: NodeProps<LayerFlowNode>) {
    const detail = useDetail()
    const node = useLayer(id)
    return detail === 'plain' || !node ? null : <Body node={node} selected={selected} detail={detail} />
  },
  (a, b) => a.id === b.id && a.selected === b.selected,
)

interface BodyProps {
  readonly node: GraphNode
  readonly selected: boolean
  readonly detail: Exclude<Detail, 'plain'>
}

function Body({ node, selected, detail }: BodyProps) {
  useLanguage()
  const { id } = node
  const result = useDocument((s) => s.inference.node(id))
  const heat = useView((s) => s.heat)
  const heated = useDocument((s) => heatOf(heat, s.inference, id))
  const Icon = nodeIcon(node)
  const name = nodeName(node)
  const problems = result?.problems ?? []
  const troubles = useLayerTroubles(useMemo(() => [id], [id]))
  const { t } = useTranslation()
  const sizes = sizesOf(result)
  // Chip and marks, with their gaps.
  const beside =
    (sizes === '' ? 0 : 16 + 7 * sizes.length) + (isFrozen(node) ? 22 : 0) + (node.sharedWith !== undefined ? 22 : 0)
  const help = [...problems.map((p) => problemText(p)), ...troubles.map((r) => troubleHelp(r, t))].join('\n')
  return (
    <div
      className={css.node}
      style={{ '--hue': nodeColor(node), '--heat': `${heated * 0.9}%` } as CSSProperties}
      data-heat={heat === 'none' ? undefined : heated}
      data-lod={detail}
      data-state={severityOf(problems) ?? (troubles.length > 0 ? 'warning' : undefined)}
      data-selected={selected || undefined}
      data-tip={help || undefined}
      data-tip-delay={150}
      data-testid={`node-${id}`}
    >
      <Ports id={id} {...portsOf(node)} />
      {detail === 'title' && (
        // Two lines have room for a title that is as long as one and a half.
        <div className={css.title} data-fits={fits(name, '600 26px', 1.5 * ROOM)}>
          {name}
        </div>
      )}
      {detail === 'title' && isFrozen(node) && <Lock size={24} />}
      {detail === 'title' && node.sharedWith !== undefined && <SharedMark owner={node.sharedWith} size={24} />}
      {detail === 'full' && (
        <>
          <div className={css.head}>
            <span className={css.icon}>
              <Icon size={16} stroke={1.75} />
            </span>
            <span className={css.name} title={name} data-fits={fits(name, '600 13px', ROOM - 22 - beside)}>
              {name}
            </span>
            {isFrozen(node) && <Lock />}
            {node.sharedWith !== undefined && <SharedMark owner={node.sharedWith} />}
            {sizes && (
              <span className={css.chip} data-testid="size">
                {sizes}
              </span>
            )}
          </div>
          <Digest node={node} />
          <Costs result={result} trouble={troubles[0]} />
        </>
      )}
    </div>
  )
}

/** What matters of the parameters; nothing for a layer without any. */
function Digest({ node }: { readonly node: GraphNode }) {
  const line =
    node.type === 'unknown' ? node.originalType : translateWords(layers[node.type].digest?.(node.params) ?? '')
  return (
    line && (
      <div className={css.line} data-fits={fits(line, '11px', ROOM)}>
        {line}
      </div>
    )
  )
}

/** Most edits change no ports. */
const Ports = memo(function Ports({ id, inputs, outputs, many }: PortsShown & { readonly id: string }) {
  const direction = useDirection()
  const at = (i: number, count: number) => ({ [direction === 'right' ? 'top' : 'left']: `${100 * shareOf(i, count)}%` })
  return (
    <>
      {Array.from({ length: inputs }, (_, i) => (
        <Handle
          key={inHandle(i)}
          id={inHandle(i)}
          type="target"
          position={sides[direction].target}
          style={at(i, inputs)}
          className={many ? `${css.port} ${css.many}` : css.port}
          data-testid={`${id}-${inHandle(i)}`}
        />
      ))}
      {Array.from({ length: outputs }, (_, i) => (
        <Handle
          key={outHandle(i)}
          id={outHandle(i)}
          type="source"
          position={sides[direction].source}
          style={at(i, outputs)}
          className={css.port}
          data-testid={`${id}-${outHandle(i)}`}
        />
      ))}
    </>
  )
})

/** An unknown size is shown only as far as something of it is known; the line below says why. */
function sizesOf(result: NodeResult | undefined): string {
  const outputs = result?.outputs ?? []
  return outputs.every((s) => s === null || s.every((n) => n === null)) ? '' : outputs.map(showShape).join(' ')
}

/** Room for a line of text in a node, in pixels. */
const ROOM = nodeSize.width - 26
/** Text that certainly fits is not clipped: every clipped piece of text slows down each frame of a pan. */
const fits = (text: string, font: string, room: number): true | undefined => textWidth(text, font) <= room || undefined

interface CostsProps {
  readonly result: NodeResult | undefined
  /** Of the last training. */
  readonly trouble: LayerTrouble | undefined
}

/** What the layer costs, or what is wrong with it. */
function Costs({ result, trouble }: CostsProps) {
  const { t } = useTranslation()
  const [problem] = result?.problems ?? []
  if (problem) return <Trouble problem={problem} />
  if (trouble) return <TroubleMark trouble={trouble} className={`${css.line} ${css.warning}`} />
  if (!result?.known) return <div className={css.line}>{t('app.canvas.waiting')}</div>
  const { params, macs } = result.totals
  const line = t('app.canvas.costs', { params: short(params.total), macs: short(macs) })
  return (
    <div className={css.line} data-fits={fits(line, '11px', ROOM)} data-testid="costs">
      {line}
    </div>
  )
}
