import { expect, test } from 'vitest'
import { drawStrokes, type Ink, type Stroke } from '../../../renderer/results/try/strokes'
import { placed } from './crudeDigits'

const seven: readonly Stroke[] = [
  [
    [0.25, 0.17],
    [0.75, 0.17],
    [0.42, 0.87],
  ],
]
const inked = ({ width, pixels }: Ink) =>
  [...pixels].flatMap((v, i) => (v > 127 ? [{ x: i % width, y: Math.floor(i / width) }] : []))
const box = (ink: Ink) => {
  const [xs, ys] = [inked(ink).map((p) => p.x), inked(ink).map((p) => p.y)]
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) }
}

test('a drawing fills the box of 20 of 28 pixels that digits of data sets fill', () => {
  const { top, bottom } = box(drawStrokes(seven, 28, 28, true))
  expect(bottom - top + 1).toBeGreaterThanOrEqual(19)
  expect(bottom - top + 1).toBeLessThanOrEqual(21)
})

test('its centre of mass lies in the middle', () => {
  const points = inked(drawStrokes(seven, 28, 28, true))
  const mean = (of: (p: { x: number; y: number }) => number) =>
    points.reduce((sum, p) => sum + of(p), 0) / points.length
  expect(Math.abs(mean((p) => p.x) - 13.5)).toBeLessThan(1)
  expect(Math.abs(mean((p) => p.y) - 13.5)).toBeLessThan(1)
})

test('where and how large one draws makes no difference', () => {
  const here = drawStrokes(seven, 28, 28, true).pixels
  const there = drawStrokes(placed(seven, 0.4, 0.02, 0.55), 28, 28, true).pixels
  expect(there).toEqual(here)
})

test('as drawn it lies where it was drawn', () => {
  const { top, bottom, left } = box(drawStrokes(placed(seven, 0.4, 0, 0.6), 28, 28, false))
  expect(top).toBeGreaterThan(16)
  expect(bottom - top).toBeLessThan(12)
  expect(left).toBeLessThan(5)
})

test('a picture that is no square keeps the shape of the drawing', () => {
  const wide = box(drawStrokes(seven, 28, 56, true))
  const square = box(drawStrokes(seven, 28, 28, true))
  expect(wide.right - wide.left).toBe(square.right - square.left)
  expect(wide.left).toBe(square.left + 14)
})

test('a dot stays a dot', () => {
  expect(inked(drawStrokes([[[0.9, 0.9]]], 28, 28, true)).length).toBeLessThan(12)
  expect(inked(drawStrokes([[[0.9, 0.9]]], 28, 28, true)).length).toBeGreaterThan(0)
})

test('nothing drawn is empty paper', () => {
  expect(drawStrokes([], 28, 28, true).pixels.every((v) => v === 0)).toBe(true)
})
