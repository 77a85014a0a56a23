import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, Rectangle } from 'electron'
import { z } from 'zod'

const stateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
})
/** Where the window was when it was closed, and whether it filled its screen. */
export type WindowState = z.infer<typeof stateSchema>

export const MIN_SIZE = { width: 1024, height: 680 }
const USUAL_SIZE = { width: 1440, height: 900 }
/** So much of the window's upper edge must lie on a screen to be taken hold of, in pixels. */
const GRASP = { width: 120, height: 32 }

const overlap = (a: Rectangle, b: Rectangle): Rectangle => {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)]
  const width = Math.min(a.x + a.width, b.x + b.width) - x
  return { x, y, width, height: Math.min(a.y + a.height, b.y + b.height) - y }
}

/** How a new window is placed: as it was, no larger than a screen; in the middle where its screen is no longer there. */
export function placeWindow(state: WindowState | null, screens: readonly Rectangle[]): Partial<Rectangle> {
  if (!state) return USUAL_SIZE
  const bar = { x: state.x, y: state.y, width: state.width, height: GRASP.height }
  const home = screens.find((s) => {
    const seen = overlap(bar, s)
    return seen.width >= GRASP.width && seen.height >= GRASP.height
  })
  const [first] = screens
  const room = home ?? first
  const size = {
    width: Math.max(Math.min(state.width, room?.width ?? state.width), MIN_SIZE.width),
    height: Math.max(Math.min(state.height, room?.height ?? state.height), MIN_SIZE.height),
  }
  return home ? { x: state.x, y: state.y, ...size } : size
}

/** Null for the first start, and for a file that is not as expected. */
export function readWindowState(path: string): WindowState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}

/** Writes down where a window is when it closes. */
export function rememberWindow(window: BrowserWindow, path: string): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      writeFileSync(path, JSON.stringify(state))
    } catch {
      // The window opens at its usual place then.
    }
  })
}
