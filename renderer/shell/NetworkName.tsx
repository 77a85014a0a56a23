import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument } from '../store/document'
import css from './shell.module.css'

/** The network's name, edited in place, and a dot while there are unsaved changes. */
export function NetworkName() {
  const { t } = useTranslation()
  const name = useDocument((s) => s.document.name)
  const unsaved = useDocument((s) => s.document !== s.saved)
  const edit = useDocument((s) => s.edit)
  const [text, setText] = useState(name)
  useEffect(() => setText(name), [name])
  const record = () => {
    const next = text.trim()
    if (next === name) setText(name)
    else edit('renameNetwork', (d) => ({ ...d, name: next }))
  }
  return (
    <div className={css.name}>
      <span className={css.sizer}>
        {text || t('app.file.untitled')}
        <input
          value={text}
          placeholder={t('app.file.untitled')}
          aria-label={t('app.bar.rename')}
          maxLength={200}
          onChange={(e) => setText(e.currentTarget.value)}
          onBlur={record}
          onKeyDown={(e) => {
            if (e.key === 'Enter') e.currentTarget.blur()
            if (e.key === 'Escape') setText(name)
          }}
        />
      </span>
      {unsaved && (
        <span className={css.unsaved} role="img" aria-label={t('app.bar.unsaved')} title={t('app.bar.unsaved')}>
          •
        </span>
      )}
    </div>
  )
}
