import type { Points } from './decimate'

/** One curve of a chart. */
export interface Line {
  readonly key: string
  /** The legend's entry; lines without one (raw values) follow the line that they lie behind. */
  readonly label: string | null
  /** A CSS colour or `var(--…)`. */
  readonly color: string
  readonly width: number
  readonly dash?: readonly number[]
  /** 0…1. */
  readonly alpha?: number
  /** Draws the points too while they are few: one alone would not be seen otherwise. */
  readonly dots?: boolean
  readonly points: Points
}

/** A point that the chart calls out, with a vertical line and a word. */
export interface Mark {
  readonly x: number
  readonly y: number
  readonly text: string
}

export interface Range {
  readonly min: number
  readonly max: number
}

/** So many points are few. */
export const FEW = 40
