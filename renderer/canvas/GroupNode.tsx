import { ActionIcon } from '@mantine/core'
import { IconArrowsMaximize, IconArrowsMinimize } from '@tabler/icons-react'
import { Handle, type NodeProps } from '@xyflow/react'
import { type CSSProperties, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { findNode } from '#shared/graph/graph'
import { showShape } from '#shared/layer'
import { allFrozen } from '#shared/training/weightForm'
import { short } from '../i18n/format'
import { groupName, useLanguage } from '../i18n/names'
import { sumTotals } from '../inspector/sums'
import { useDocument } from '../store/document'
import { groupIcon as Icon } from '../theme/icons'
import { TroubleMark, troubleHelp } from '../training/layers/TroubleMark'
import { useLayerTroubles } from '../training/layers/useLayerTroubles'
import { useDetail } from './detail'
import { sides, useDirection } from './direction'
import type { FoldedFlowNode, FrameFlowNode } from './flow'
import { foldGroup } from './fold'
import { exitOf, openInputs } from './groups'
import { Lock } from './Lock'
import css from './node.module.css'
import { severityOf, Trouble } from './Trouble'
import { inHandle, outHandle } from './wiring'

/** What a folded block is worth: sums of its layers. Renders again only when one of the figures changes. */
const useTotals = (members: readonly string[]) =>
  useDocument(
    useShallow((s) => {
      const { params, macs } = sumTotals(s.inference, members)
      return { params: params.total, macs, incomplete: !members.every((m) => s.inference.node(m)?.known) }
    }),
  )

/** Not rendered again with the figures beside it. */
const FoldButton = memo(function FoldButton({ group, fold }: { readonly group: string; readonly fold: boolean }) {
  const { t } = useTranslation()
  const label = fold ? t('app.canvas.fold') : t('app.canvas.unfold')
  const Fold = fold ? IconArrowsMinimize : IconArrowsMaximize
  return (
    <ActionIcon
      className="nodrag"
      size={fold ? 24 : 20}
      aria-label={label}
      title={label}
      onClick={() => foldGroup(group, fold)}
    >
      <Fold size={14} />
    </ActionIcon>
  )
})

/** An open group: a titled frame behind its layers. */
export const FrameNode = memo(function FrameNode({ id, data: { group, members }, selected }: NodeProps<FrameFlowNode>) {
  const { t } = useTranslation()
  const detail = useDetail()
  const totals = useTotals(members)
  const direction = useDirection()
  const side = sides[direction]
  const open = useDocument((s) => totals.incomplete && members.some((m) => openInputs(s.document.graph, m).length > 0))
  return (
    <div className={css.frame} data-selected={selected || undefined} data-testid={`frame-${group.id}`}>
      {open && (
        <Handle
          id={inHandle(0)}
          type="target"
          position={side.target}
          className={`${css.port} ${css.frameEntry}`}
          data-testid={`${id}-${inHandle(0)}`}
        />
      )}
      {detail !== 'plain' && (
        <div className={`${css.frameTitle} nl-frame-title`} data-lod={detail} data-flow={direction}>
          <span className={css.frameName} title={groupName(group)}>
            {groupName(group)}
          </span>
          {detail === 'full' && (
            <span className={css.frameTotals}>
              {t('app.canvas.costs', { params: short(totals.params), macs: short(totals.macs) })}
            </span>
          )}
          {detail === 'full' && <FoldButton group={group.id} fold />}
        </div>
      )}
    </div>
  )
})

/** A folded group: one node with a double edge. */
export const FoldedNode = memo(function FoldedNode({
  id,
  data: { group, members },
  selected,
}: NodeProps<FoldedFlowNode>) {
  useLanguage()
  const { t } = useTranslation()
  const detail = useDetail()
  const totals = useTotals(members)
  const side = sides[useDirection()]
  const problem = useDocument((s) => members.flatMap((m) => s.inference.node(m)?.problems ?? [])[0])
  const troubles = useLayerTroubles(members)
  const frozen = useDocument((s) => allFrozen(members.flatMap((m) => findNode(s.document.graph, m) ?? [])))
  const size = useDocument((s) => {
    const exit = exitOf(s.document.graph, members)
    return exit && showShape(s.inference.node(exit.node)?.outputs[exit.port] ?? null)
  })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button within does the same
    <div
      className={`${css.node} ${css.folded}`}
      style={{ '--hue': 'var(--nl-muted)' } as CSSProperties}
      data-lod={detail}
      data-state={problem ? severityOf([problem]) : troubles.length > 0 ? 'warning' : undefined}
      title={troubles.map((r) => troubleHelp(r, t)).join('\n') || undefined}
      data-selected={selected || undefined}
      data-testid={`folded-${group.id}`}
      onDoubleClick={() => foldGroup(group.id, false)}
    >
      <Handle id={inHandle(0)} type="target" position={side.target} className={css.port} data-testid={`${id}-in0`} />
      <Handle id={outHandle(0)} type="source" position={side.source} className={css.port} data-testid={`${id}-out0`} />
      {detail === 'title' && <div className={css.title}>{groupName(group)}</div>}
      {detail === 'full' && (
        <>
          <div className={css.head}>
            <span className={css.icon}>
              <Icon size={16} stroke={1.75} />
            </span>
            <span className={css.name} title={groupName(group)}>
              {groupName(group)}
            </span>
            {frozen && <Lock />}
            {size && size !== '?' && <span className={css.chip}>{size}</span>}
            <FoldButton group={group.id} fold={false} />
          </div>
          <div className={css.line}>{t('app.canvas.layers', { count: members.length })}</div>
          {problem ? (
            <Trouble problem={problem} />
          ) : troubles[0] ? (
            <TroubleMark trouble={troubles[0]} className={`${css.line} ${css.warning}`} />
          ) : (
            <div className={css.line}>
              {t('app.canvas.costs', { params: short(totals.params), macs: short(totals.macs) })}
            </div>
          )}
        </>
      )}
    </div>
  )
})
