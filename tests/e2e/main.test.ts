import { expect, test } from 'vitest'
import { noBrowser, openApp } from './app'
import { lenetByMouse, seatOf } from './mouse'

test('from a blank canvas to a trained, tried, exported and saved LeNet-5, by mouse', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const app = await openApp()
  try {
    await lenetByMouse(seatOf(app))
    expect(app.complaints).toEqual([])
  } finally {
    await app.close()
  }
}, 600_000)
