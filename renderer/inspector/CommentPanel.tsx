import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { IconMessage } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { commentColors, commentLimits } from '#shared/graph/comment'
import { deleteSelected } from '../actions/deleteSelection'
import { change } from '../canvas/change'
import { endWriting, findComment } from '../canvas/comments'
import { graphEdit, useDocument } from '../store/document'
import { Part } from './Figures'
import { NumberField } from './fields/NumberField'
import css from './inspector.module.css'

/** A comment: its text, colour and size, for those who do without the mouse too. */
export function CommentPanel({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const fieldId = useId()
  const comment = useDocument((s) => findComment(s.document.graph, id))
  const [text, setText] = useState<string | null>(null)
  if (!comment) return null
  const { preview, commit } = useDocument.getState()
  const side = (name: 'width' | 'height') => (
    <NumberField
      id={`${fieldId}-${name}`}
      heading={t(`app.field.${name}`)}
      value={comment.size[name]}
      invalid={false}
      integer
      {...commentLimits}
      set={(v) => {
        if (Number.isInteger(v) && v >= commentLimits.min && v <= commentLimits.max)
          preview(graphEdit({ type: 'setComment', id, change: { size: { ...comment.size, [name]: v } } }))
      }}
      done={() => commit('resizeComment')}
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
              if (color) change('colorComment', [{ type: 'setComment', id, change: { color } }])
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
