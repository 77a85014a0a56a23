import { type Transform, useStoreApi } from '@xyflow/react'
import { useEffect } from 'react'

/**
 * Where the drawing is shown: moved by whole pixels of the screen. So text stays sharp, and a pan copies what was painted before instead
 * of smoothing every pixel anew.
 */
export function wholePixels([x, y, zoom]: Transform): Transform {
  const ratio = window.devicePixelRatio
  return [Math.round(x * ratio) / ratio, Math.round(y * ratio) / ratio, zoom]
}

/** Shows the drawing at whole pixels, where React Flow has just put it at fractions of them. */
export function useWholePixels(): void {
  const store = useStoreApi()
  useEffect(() => {
    let shown: Transform | null = null
    return store.subscribe(({ transform, domNode }) => {
      if (transform === shown) return
      shown = transform
      const [x, y, zoom] = wholePixels(transform)
      const drawing = domNode?.querySelector<HTMLElement>('.react-flow__viewport')
      if (drawing) drawing.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`
    })
  }, [store])
}
