import { IconLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import css from './node.module.css'

/** Marks a node that uses the weights of another layer, called by its id. */
export function SharedMark({ owner, size = 14 }: { readonly owner: string; readonly size?: number }) {
  const { t } = useTranslation()
  const label = t('app.canvas.shared', { owner })
  return (
    <span className={css.lock} title={label} data-testid="shared">
      <IconLink size={size} stroke={1.75} aria-label={label} />
    </span>
  )
}
