import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { type LayerType, layers } from '#shared/layers/index'
import { layerSummary, useLanguage } from '../i18n/names'
import { Part } from './Figures'
import css from './inspector.module.css'

/** What a layer does, its formula, and where it comes from. */
export const About = memo(function About({ type }: { readonly type: LayerType }) {
  const { t } = useTranslation()
  useLanguage()
  const { doc } = layers[type]
  return (
    <Part title={t('app.inspector.about')}>
      <p className={css.text}>{layerSummary(type)}</p>
      <p className={css.formula}>{doc.formula}</p>
      {doc.source && (
        <p className={css.note}>
          {t('app.inspector.source')}: {doc.source}
        </p>
      )}
    </Part>
  )
})
