import { IconLogin2 } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { isTemplateName, templates } from '#templates/index'
import { useHost } from '../host'
import { templateDoc, useLanguage } from '../i18n/names'
import { openTemplate } from '../shell/files'
import { Sketch } from '../shell/Sketch'
import { useTour } from '../store/tour'
import { paneRect } from './camera'
import css from './canvas.module.css'
import { addAt } from './change'

const offered = ['lenet5', 'vgg16', 'resnet18']

/** What an empty canvas offers. */
export function Start() {
  useLanguage()
  const { t } = useTranslation()
  const host = useHost()
  const { taken, start: startTour } = useTour()
  const { screenToFlowPosition } = useReactFlow()
  const addInput = () => {
    const pane = paneRect()
    if (!pane) return
    const at = screenToFlowPosition({ x: pane.x + pane.width / 2, y: pane.y + pane.height / 4 })
    addAt({ kind: 'layer', type: 'input' }, at)
  }
  return (
    <div className={css.start}>
      <h2>{t('app.start.title')}</h2>
      <div className={css.cards}>
        {offered.filter(isTemplateName).map((name) => (
          <button type="button" key={name} className={css.card} onClick={() => void openTemplate(name, host)}>
            <Sketch name={name} />
            <strong>{templates[name].label}</strong>
            <span>{templateDoc(name)}</span>
          </button>
        ))}
        <button type="button" className={css.card} onClick={addInput}>
          <IconLogin2 size={22} stroke={1.5} color="var(--nl-io)" />
          <strong>{t('app.start.blank')}</strong>
          <span>{t('app.start.blankHelp')}</span>
        </button>
      </div>
      <p>
        {t('app.start.or')}
        {!taken && (
          <>
            {' · '}
            <button type="button" className={css.tour} onClick={startTour}>
              {t('app.start.tour')}
            </button>
          </>
        )}
      </p>
    </div>
  )
}
