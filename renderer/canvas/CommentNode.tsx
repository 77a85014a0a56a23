import { type NodeProps, NodeResizer, type OnResize, type OnResizeEnd } from '@xyflow/react'
import { type KeyboardEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { commentLimits } from '#shared/graph/comment'
import { graphEdit, useDocument } from '../store/document'
import { useView } from '../store/view'
import css from './comment.module.css'
import { endWriting, fittingSize } from './comments'
import { useDetail } from './detail'
import type { CommentFlowNode } from './flow'

/** A note on the canvas: plain text, written in place. */
export const CommentNode = memo(function CommentNode({ data: { comment }, selected }: NodeProps<CommentFlowNode>) {
  const detail = useDetail()
  const editing = useView((s) => s.editing === comment.id)
  if (detail === 'plain') return null
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter on the selected comment does the same
    <div
      className={css.comment}
      data-color={comment.color}
      data-selected={selected || undefined}
      data-testid={`comment-${comment.id}`}
      onDoubleClick={() => useView.setState({ editing: comment.id })}
    >
      <NodeResizer
        isVisible={selected && !editing}
        minWidth={commentLimits.min}
        minHeight={commentLimits.min}
        maxWidth={commentLimits.max}
        maxHeight={commentLimits.max}
        onResize={resize(comment.id)}
        onResizeEnd={resized}
        handleClassName={css.handle ?? ''}
        lineClassName={css.edge ?? ''}
      />
      {editing ? <Writing id={comment.id} text={comment.text} /> : <div className={css.text}>{comment.text}</div>}
    </div>
  )
})

const resize =
  (id: string): OnResize =>
  (_, { x, y, width, height }) =>
    useDocument.getState().preview(
      graphEdit({
        type: 'setComment',
        id,
        change: { position: { x: Math.round(x), y: Math.round(y) }, size: fittingSize({ width, height }) },
      }),
    )
const resized: OnResizeEnd = () => useDocument.getState().commit('resizeComment')

/** Escape, Ctrl+Enter and leaving the field all keep what was written. */
function Writing({ id, text }: { readonly id: string; readonly text: string }) {
  const { t } = useTranslation()
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const done = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
    if (done) event.currentTarget.blur()
    // Keys mean letters here, not commands.
    event.stopPropagation()
  }
  return (
    <textarea
      className={`${css.text} nodrag nowheel nopan`}
      aria-label={t('app.comment.text')}
      placeholder={t('app.comment.placeholder')}
      defaultValue={text}
      maxLength={10_000}
      ref={(e) => {
        if (!e || e === document.activeElement) return
        e.focus()
        e.setSelectionRange(e.value.length, e.value.length)
      }}
      onBlur={(e) => endWriting(id, e.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  )
}
