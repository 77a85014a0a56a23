import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { noBrowser, openApp } from './app'
import { choose, pick, place, see, set, size, text, wire } from './hands'

test('everything that was drawn is undone back to the empty canvas, and redone', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const app = await openApp()
  const { page } = app
  try {
    await see(page, 'Start a network')
    const layers = ['input', 'conv2d', 'flatten', 'dense']
    for (const [i, type] of layers.entries()) await place(page, type, { x: 640, y: 120 + i * 130 })
    for (const [i, type] of layers.slice(1).entries()) await wire(page, layers[i] ?? '', type)
    await set(page, 'conv2d', 'filters', '7')
    await choose(page, 'conv2d', 'activation', 'relu')
    await set(page, 'dense', 'units', '3')
    // Within a field that is confirmed, edits are taken back, not letters.
    for (const [shape, shown] of [
      ['20, 20, 1', '20×20×1'],
      ['10, 10', '10×10'],
    ] as const) {
      await set(page, 'input', 'shape', shape)
      await expect.poll(() => text(size(page, 'input'))).toBe(shown)
    }
    for (const shown of ['20×20×1', '28×28×1']) {
      await page.keyboard.press('Control+z')
      await expect.poll(() => text(size(page, 'input'))).toBe(shown)
    }
    // Group two, fold and unfold them, copy one, take one out, move one, and arrange.
    await pick(page, 'conv2d')
    await pick(page, 'flatten', { toOthers: true })
    await page.keyboard.press('g')
    await page.getByRole('button', { name: 'Fold', exact: true }).first().click()
    await page.locator('.react-flow__node-folded').waitFor()
    await page.getByRole('button', { name: 'Unfold', exact: true }).first().click()
    await pick(page, 'dense')
    await page.keyboard.press('Control+d')
    await page.getByTestId('node-dense2').waitFor()
    await page.keyboard.press('ArrowRight')
    await pick(page, 'flatten')
    await page.keyboard.press('Delete')
    await page.getByTestId('node-flatten').waitFor({ state: 'detached' })
    const placed = await looks(page)
    await page.keyboard.press('Shift+a')
    await expect.poll(() => looks(page)).not.toBe(placed)
    await page.keyboard.press('Escape')

    const drawn = await looks(page)
    await app.picture('history-drawn')
    const undo = page.getByRole('button', { name: 'Undo', exact: true })
    const redo = page.getByRole('button', { name: 'Redo', exact: true })
    const looked: string[] = []
    while (await undo.isEnabled()) {
      looked.push(await looks(page))
      await undo.click()
    }
    await see(page, 'Start a network')
    expect(await page.locator('.react-flow__node').count()).toBe(0)
    expect(looked.length).toBeGreaterThanOrEqual(14)
    for (const before of looked.reverse()) {
      await redo.click()
      await expect.poll(() => looks(page)).toBe(before)
    }
    expect(await redo.isEnabled()).toBe(false)
    await expect.poll(() => looks(page)).toBe(drawn)

    // The same by keys, all the way and back.
    for (const _ of looked) await page.keyboard.press('Control+z')
    await see(page, 'Start a network')
    for (const _ of looked) await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => looks(page)).toBe(drawn)
    expect(await text(size(page, 'conv2d'))).toBe('28×28×7')
    expect(app.complaints).toEqual([])
  } finally {
    await app.close()
  }
})

/** What stands where on the canvas, and what it says; and the totals: when it has been drawn. */
const looks = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const said = [...document.querySelectorAll<HTMLElement>('.react-flow__node')]
      .map((n) => `${n.dataset.id} at ${n.style.transform}: ${n.textContent}`)
      .sort()
    const wires = document.querySelectorAll('[data-testid=wire]').length
    return [...said, `${wires} wires`, document.querySelector('[data-testid=status]')?.textContent].join('\n')
  })
