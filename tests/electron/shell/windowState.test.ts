import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { placeWindow, readWindowState } from '../../../electron/windowState'

const left = { x: 0, y: 0, width: 1920, height: 1080 }
const right = { x: 1920, y: 0, width: 2560, height: 1440 }
const state = (x: number, y: number, width = 1200, height = 800) => ({ x, y, width, height, maximized: false })

test.each([
  ['the first time', null, [left], { width: 1440, height: 900 }],
  ['where it was', state(100, 50), [left], { x: 100, y: 50, width: 1200, height: 800 }],
  ['on the other screen', state(2000, 50), [left, right], { x: 2000, y: 50, width: 1200, height: 800 }],
  [
    'half out of sight, but to be taken hold of',
    state(1700, 500),
    [left],
    { x: 1700, y: 500, width: 1200, height: 800 },
  ],
  ['in the middle where its screen is gone', state(2000, 50), [left], { width: 1200, height: 800 }],
  ['in the middle where its title would be above the screen', state(100, -200), [left], { width: 1200, height: 800 }],
  ['no larger than the screen', state(0, 0, 2560, 1440), [left], { x: 0, y: 0, width: 1920, height: 1080 }],
  ['not below what the app needs', state(0, 0, 300, 200), [left], { x: 0, y: 0, width: 1024, height: 680 }],
  ['at its size where no screen is known', state(5, 5), [], { width: 1200, height: 800 }],
])('the window opens %s', (_name, was, screens, place) => {
  expect(placeWindow(was, screens)).toEqual(place)
})

test.each([
  ['no JSON', 'x'],
  ['numbers that are none', '{"x":null,"y":0,"width":100,"height":100,"maximized":false}'],
  ['no size', '{"x":0,"y":0,"width":0,"height":-5,"maximized":false}'],
])('a file with %s counts as none', async (_name, text) => {
  const folder = await mkdtemp(join(tmpdir(), 'netloom-window-'))
  const path = join(folder, 'window.json')
  expect(readWindowState(path)).toBeNull()
  writeFileSync(path, text)
  expect(readWindowState(path)).toBeNull()
  await rm(folder, { recursive: true })
})
