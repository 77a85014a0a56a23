import type { Point } from './graph'

/** Paper colours of comments; the first is the default. */
export const commentColors = ['yellow', 'green', 'blue', 'pink', 'grey'] as const
export type CommentColor = (typeof commentColors)[number]

/** A note on the canvas: plain text of one or more lines. It is no part of the network. */
export interface Comment {
  readonly id: string
  readonly text: string
  /** Top left corner on the canvas, in pixels at zoom 1. */
  readonly position: Point
  readonly size: { readonly width: number; readonly height: number }
  readonly color: CommentColor
}

/** Least and greatest width and height of a comment, in pixels at zoom 1. */
export const commentLimits = { min: 40, max: 4000 }
