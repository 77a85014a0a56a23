import { useComputedColorScheme } from '@mantine/core'
import type { ReactFlowState } from '@xyflow/react'
import { useMemo } from 'react'
import { layers } from '#shared/layers/index'
import type { FlowNode } from './flow'

/** Where the canvas looks, and how large it is. */
export const viewOf = (s: ReactFlowState) => ({
  x: s.transform[0],
  y: s.transform[1],
  zoom: s.transform[2],
  width: s.width,
  height: s.height,
})

/** The theme's colours, by the names of their variables, for what is painted instead of being an element. */
export function useColors(): (variable: string) => string {
  const scheme = useComputedColorScheme('light')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes what the names stand for
  return useMemo(() => {
    const style = getComputedStyle(document.documentElement)
    const known = new Map<string, string>()
    return (variable) => {
      let color = known.get(variable)
      if (color === undefined) {
        color = style.getPropertyValue(variable)
        known.set(variable, color)
      }
      return color
    }
  }, [scheme])
}

/** The variable that holds a node's colour; null for a frame, which is an outline. */
export function hueOf(node: FlowNode): string | null {
  switch (node.type) {
    case 'frame':
      return null
    case 'comment':
      return `--nl-note-${node.data.comment.color}`
    case 'folded':
      return '--nl-muted'
    case 'layer':
      return node.data.kind === 'unknown' ? '--nl-muted' : `--nl-${layers[node.data.kind].category}`
  }
}
