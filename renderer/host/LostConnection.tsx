import { useTranslation } from 'react-i18next'
import { useConnection } from './connection'
import css from './host.module.css'

/** Says, above everything, that nothing can be saved or trained for the time being. */
export function LostConnection() {
  const { t } = useTranslation()
  const lost = useConnection((s) => s.lost)
  return (
    lost && (
      <div className={css.lost} role="alert" data-testid="connection-lost">
        {t('app.lost')}
      </div>
    )
  )
}
