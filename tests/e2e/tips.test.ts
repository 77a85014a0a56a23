import { expect, test } from 'vitest'
import { noBrowser, openApp } from './app'
import { pick, place, set, wire } from './hands'

test('what the pointer rests on is explained, and the explanation follows the figure', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const app = await openApp()
  const { page } = app
  const shown = () => page.getByRole('tooltip').allTextContents()
  try {
    await place(page, 'input', { x: 640, y: 120 })
    await place(page, 'dense', { x: 640, y: 250 })
    await wire(page, 'input', 'dense')
    await pick(page, 'dense')
    await set(page, 'dense', 'units', '10')

    const params = page.getByTestId('figure-params')
    await params.hover()
    await expect.poll(shown).toEqual([expect.stringMatching(/^\d[\d,]*$/)])
    const [before] = await shown()
    // The pointer stays where it is while one types.
    await page.getByTestId('inspector').getByTestId('field-units').getByRole('textbox').first().press('ArrowUp')
    await expect.poll(shown).not.toEqual([before])
    expect(await shown()).toEqual([await params.getAttribute('data-tip')])
    await page.keyboard.press('Escape')
    await expect.poll(shown).toEqual([])

    await page.getByTestId('inspector').getByTestId('field-units').locator('label').hover()
    await expect.poll(shown).toEqual([expect.stringContaining('(units)')])
    await page.mouse.move(640, 600)
    await expect.poll(shown).toEqual([])

    // A layer says in full what is wrong with it.
    await place(page, 'conv2d', { x: 640, y: 380 })
    await page.getByTestId('node-conv2d').hover()
    await expect.poll(shown).toEqual([await page.getByTestId('node-conv2d').getAttribute('data-tip')])
  } finally {
    await app.close()
  }
})
