import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'

/** How long the pointer rests before a tip comes, in milliseconds, where `data-tip-delay` does not say otherwise. */
const DELAY = 400
const sides = ['top', 'left', 'right'] as const

interface Tip {
  readonly target: HTMLElement
  readonly text: string
}
const read = (target: HTMLElement): Tip => ({ target, text: target.dataset.tip ?? '' })
const toldOf = (at: EventTarget | null): HTMLElement | null =>
  at instanceof Element ? at.closest<HTMLElement>('[data-tip]') : null

/**
 * The tooltip of the window. It says the `data-tip` of what the pointer rests on, above it or at its `data-tip-side`. One for all:
 * as a component around each figure, tooltips took most of the time in which the window follows a key.
 */
export function Tips() {
  const [tip, setTip] = useState<Tip | null>(null)
  const [shown, setShown] = useState(false)
  const target = tip?.target

  useEffect(() => {
    let timer = 0
    let under: HTMLElement | null = null
    const hide = () => {
      clearTimeout(timer)
      setShown(false)
    }
    const onOver = (event: PointerEvent) => {
      const over = event.pointerType === 'touch' ? null : toldOf(event.target)
      if (over === under) return
      under = over
      hide()
      if (!over) return
      const show = () => {
        setTip(read(over))
        setShown(true)
      }
      timer = window.setTimeout(show, Number(over.dataset.tipDelay ?? DELAY))
    }
    const onLeave = () => {
      under = null
      hide()
    }
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && hide()
    document.addEventListener('pointerover', onOver)
    document.addEventListener('pointerdown', hide)
    document.addEventListener('keydown', onKey)
    document.documentElement.addEventListener('pointerleave', onLeave)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('pointerover', onOver)
      document.removeEventListener('pointerdown', hide)
      document.removeEventListener('keydown', onKey)
      document.documentElement.removeEventListener('pointerleave', onLeave)
    }
  }, [])

  // What is said follows the figure below the pointer.
  useEffect(() => {
    if (!target) return
    const watch = new MutationObserver(() => setTip(read(target)))
    watch.observe(target, { attributeFilter: ['data-tip'] })
    return () => watch.disconnect()
  }, [target])

  if (!tip) return null
  return (
    <Tooltip
      target={tip.target}
      opened={shown && tip.text !== ''}
      label={tip.text}
      position={sides.find((side) => side === tip.target.dataset.tipSide) ?? 'top'}
      style={{ whiteSpace: 'pre-line' }}
      data-testid="tip"
    />
  )
}
