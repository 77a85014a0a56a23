import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type BlockType, blocks } from '#shared/blocks/index'
import { checkField, type FieldValue, type Params } from '#shared/fields'
import { groupFlowId } from '../canvas/groups'
import { redrawBlock } from '../canvas/redraw'
import { graphEdit, useDocument } from '../store/document'
import { useView } from '../store/view'
import { Part } from './Figures'
import { FieldEditor } from './fields/FieldEditor'

interface Props {
  readonly group: string
  readonly type: BlockType
  readonly params: Params
}

/** A block's parameters: leaving a field draws the block anew. */
export function BlockForm({ group, type, params }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<Params>({})
  const { fields } = blocks[type]
  const redraw = (next: Params) => {
    const { document, edit } = useDocument.getState()
    const wrong = Object.entries(fields).some(([name, field]) => checkField(name, field, next[name]))
    const drawn = wrong ? null : redrawBlock(document.graph, group, next)
    setTyped({})
    if (!drawn) return
    edit('setParams', graphEdit(...drawn.edits))
    useView.getState().select([groupFlowId(drawn.group)])
  }
  return (
    <Part title={t('app.inspector.parameters')}>
      <form onSubmit={(e) => e.preventDefault()}>
        {Object.entries(fields).map(([name, field]) => {
          // A choice sets and confirms in one go, before the state is there.
          let latest: FieldValue | undefined = typed[name]
          return (
            <FieldEditor
              key={name}
              owner={type}
              name={name}
              field={field}
              value={typed[name] ?? params[name]}
              invalid={typed[name] !== undefined && checkField(name, field, typed[name]) !== null}
              set={(value) => {
                latest = value
                setTyped({ ...typed, [name]: value })
              }}
              done={() => {
                if (latest !== undefined && latest !== params[name]) redraw({ ...params, ...typed, [name]: latest })
              }}
            />
          )
        })}
      </form>
    </Part>
  )
}
