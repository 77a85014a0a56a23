import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument } from '../store/document'

/** `• LeNet-5 – Netloom` with unsaved changes. */
export function useTitle(): void {
  const { t } = useTranslation()
  const name = useDocument((s) => s.document.name)
  const unsaved = useDocument((s) => s.document !== s.saved)
  useEffect(() => {
    document.title = `${unsaved ? '• ' : ''}${name || t('app.file.untitled')} – ${t('app.name')}`
  }, [name, unsaved, t])
}
