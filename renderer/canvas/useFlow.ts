import { useMemo } from 'react'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { createFlow, type Flow } from './flow'

/** What is drawn; changes only when something is drawn otherwise. */
export function useFlow(): Flow {
  const selection = useView((s) => s.selection)
  const wires = useView((s) => s.wires)
  const draw = useMemo(createFlow, [])
  return useDocument((s) => draw(s.document.graph, selection, wires))
}
