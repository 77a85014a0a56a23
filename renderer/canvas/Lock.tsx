import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import css from './node.module.css'

/** Marks a node whose weights are frozen. */
export function Lock({ size = 14 }: { readonly size?: number }) {
  const { t } = useTranslation()
  return (
    <span className={css.lock} title={t('app.canvas.frozen')} data-testid="frozen">
      <IconLock size={size} stroke={1.75} aria-label={t('app.canvas.frozen')} />
    </span>
  )
}
