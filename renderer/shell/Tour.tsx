import { Button, CloseButton, FocusTrap } from '@mantine/core'
import { useViewportSize } from '@mantine/hooks'
import { type KeyboardEvent, useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type TourStep, tourSteps, useTour } from '../store/tour'
import css from './tour.module.css'

/** Where each part of the window is found. */
const targets: Readonly<Record<TourStep, string>> = {
  palette: 'nav',
  canvas: '[data-testid="canvas"]',
  inspector: '[data-testid="inspector"]',
  status: '[data-testid="status"]',
  train: '[data-testid="train"]',
}
const CARD = { width: 300, height: 168 }
const GAP = 12

/** One step of the tour: a ring around a part of the window, and a card that says what it is for. The window stays usable. */
export function Tour() {
  const step = useTour((s) => s.step)
  return step && <Step key={step} step={step} />
}

function Step({ step }: { readonly step: TourStep }) {
  const { t } = useTranslation()
  const { go, end } = useTour.getState()
  const at = tourSteps.indexOf(step)
  const last = at === tourSteps.length - 1
  const window = useViewportSize()
  const [box, setBox] = useState<DOMRect | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another size of the window moves what is pointed at
  useLayoutEffect(() => {
    setBox(document.querySelector(targets[step])?.getBoundingClientRect() ?? null)
  }, [step, window.width, window.height])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    end()
  }
  return (
    <>
      {box && <div className={css.ring} style={{ left: box.x, top: box.y, width: box.width, height: box.height }} />}
      <FocusTrap active>
        <div
          className={css.card}
          style={{ ...CARD, ...placeBeside(box) }}
          role="dialog"
          aria-label={t(`app.tour.${step}.title`)}
          onKeyDown={onKeyDown}
          data-testid="tour"
        >
          <div className={css.head}>
            <strong>{t(`app.tour.${step}.title`)}</strong>
            <CloseButton size="sm" aria-label={t('app.tour.skip')} title={t('app.tour.skip')} onClick={end} />
          </div>
          <p>{t(`app.tour.${step}.text`)}</p>
          <div className={css.foot}>
            <span>{t('app.tour.progress', { n: at + 1, count: tourSteps.length })}</span>
            {at > 0 && (
              <Button variant="default" onClick={() => go(-1)}>
                {t('app.tour.back')}
              </Button>
            )}
            <Button data-autofocus onClick={() => go(1)}>
              {last ? t('app.tour.done') : t('app.tour.next')}
            </Button>
          </div>
        </div>
      </FocusTrap>
    </>
  )
}

/** Beside what is pointed at where there is room, else in its middle; always within the window. */
function placeBeside(box: DOMRect | null): { readonly left: number; readonly top: number } {
  const { innerWidth: width, innerHeight: height } = window
  if (!box) return { left: (width - CARD.width) / 2, top: (height - CARD.height) / 2 }
  const within = (v: number, most: number) => Math.min(Math.max(v, GAP), most - GAP)
  const left = (v: number) => within(v, width - CARD.width)
  const top = (v: number) => within(v, height - CARD.height)
  if (box.height < 100) {
    const below = box.bottom + GAP + CARD.height < height
    return { left: left(box.x), top: top(below ? box.bottom + GAP : box.y - GAP - CARD.height) }
  }
  if (box.width < 400) {
    const after = box.right + GAP + CARD.width < width
    return { left: left(after ? box.right + GAP : box.x - GAP - CARD.width), top: top(box.y + 48) }
  }
  return { left: left(box.x + (box.width - CARD.width) / 2), top: top(box.y + 48) }
}
