import { type Direction, directionOf, type Graph, type Point } from '#shared/graph/graph'
import type { Box } from './groups'

/** Distance between rows, as `tidy` leaves it, in pixels at zoom 1. */
export const tidyGap = 40

/** The way a drawing flows, and the way across it: what stands below in a drawing that runs down stands to the right in one that runs right. */
export interface Axes {
  readonly along: 'x' | 'y'
  readonly across: 'x' | 'y'
  /** Size of a box along and across the flow. */
  readonly length: 'width' | 'height'
  readonly breadth: 'width' | 'height'
}
const axes: Readonly<Record<Direction, Axes>> = {
  down: { along: 'y', across: 'x', length: 'height', breadth: 'width' },
  right: { along: 'x', across: 'y', length: 'width', breadth: 'height' },
}
export const axesIn = (direction: Direction): Axes => axes[direction]
export const axesOf = (graph: Graph): Axes => axesIn(directionOf(graph))

export const endOf = (b: Box, a: Axes): number => b[a.along] + b[a.length]
export const middleOf = (b: Box, a: Axes): number => b[a.across] + b[a.breadth] / 2
export const pointAt = (a: Axes, along: number, across: number): Point =>
  a.along === 'x' ? { x: along, y: across } : { x: across, y: along }

/** Mirrors at the diagonal: what is worked out for a drawing that runs down serves one that runs right. */
export const flipPoint = ({ x, y }: Point): Point => ({ x: y, y: x })
export const flipBox = ({ x, y, width, height }: Box): Box => ({ x: y, y: x, width: height, height: width })
