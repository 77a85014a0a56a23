import { useEffect, useState } from 'react'
import type { TrySubject } from '#shared/training/try'
import { useView } from '../../store/view'

/** The layer whose output is looked at: the one selected on the canvas or chosen in the list, whichever was last. */
export function useLayer(subject: TrySubject | null): {
  readonly layer: string | null
  setLayer(layer: string | null): void
} {
  const [layer, setLayer] = useState<string | null>(null)
  const selection = useView((s) => s.selection)
  useEffect(() => {
    const [id] = selection
    if (selection.size === 1 && subject?.layers.some((l) => l.id === id)) setLayer(id ?? null)
  }, [selection, subject])
  return { layer, setLayer }
}
