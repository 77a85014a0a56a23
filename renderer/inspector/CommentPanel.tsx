import { Button, NumberInput, SegmentedControl, Textarea } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Comment, commentColors, commentLimits } from '#shared/graph/comment'
import { deleteSelected } from '../actions/deleteSelection'
import { change } from '../canvas/change'
import { endWriting, findComment, fittingSize } from '../canvas/comments'
import { useDocument } from '../store/document'
import { Part } from './Figures'
import css from './inspector.module.css'

/** A comment: its text, colour and size, for those who do without the mouse too. */
export function CommentPanel({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const comment = useDocument((s) => findComment(s.document.graph, id))
  const [text, setText] = useState<string | null>(null)
  if (!comment) return null
  const set = (label: string, to: Partial<Comment>) => change(label, [{ type: 'setComment', id, change: to }])
  const side = (name: 'width' | 'height') => (
    <NumberInput
      label={t(`app.field.${name}`)}
      value={comment.size[name]}
      min={commentLimits.min}
      max={commentLimits.max}
      step={20}
      allowDecimal={false}
      clampBehavior="strict"
      onChange={(v) => {
        if (typeof v === 'number' && v >= commentLimits.min)
          set('resizeComment', { size: fittingSize({ ...comment.size, [name]: v }) })
      }}
    />
  )
  return (
    <>
      <div className={css.heading}>
        <IconMessage size={20} stroke={1.5} color="var(--nl-muted)" />
        <h2>{t('app.comment.title')}</h2>
      </div>
      <form onSubmit={(e) => e.preventDefault()}>
        <Textarea
          autosize
          minRows={3}
          maxRows={16}
          aria-label={t('app.comment.text')}
          value={text ?? comment.text}
          maxLength={10_000}
          onChange={(e) => setText(e.currentTarget.value)}
          onBlur={() => {
            if (text !== null) endWriting(id, text)
            setText(null)
          }}
        />
        <Part title={t('app.comment.look')}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('app.comment.color')}
            value={comment.color}
            data={commentColors.map((value) => ({ value, label: t(`app.comment.colors.${value}`) }))}
            onChange={(v) => {
              const color = commentColors.find((c) => c === v)
              if (color) set('colorComment', { color })
            }}
          />
          <div className={`${css.budget} ${css.below}`}>
            {side('width')}
            {side('height')}
          </div>
        </Part>
      </form>
      <div className={css.actions}>
        <Button variant="default" onClick={deleteSelected}>
          {t('app.comment.remove')}
        </Button>
      </div>
    </>
  )
}
