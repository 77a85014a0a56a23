import { expect, test } from 'vitest'
import { noBrowser, openApp } from './app'
import { pick } from './hands'

test('numbers of the budget and of a comment are read as everywhere', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const app = await openApp()
  const { page } = app
  const box = (id: string) => page.getByTestId(id).getByRole('textbox')
  const kept = () => page.evaluate(() => JSON.parse(localStorage.getItem('netloom.budget') ?? '{}'))
  try {
    await page.getByText('LeNet-5').first().click()
    await box('budget-params').fill('1e-2')
    await expect.poll(kept).toMatchObject({ params: 10_000 })
    await box('budget-params').press('Enter')
    await expect.poll(() => box('budget-params').inputValue()).toBe('0.01')
    await box('budget-macs').fill('1e6')
    await expect.poll(kept).toMatchObject({ macs: 1e12 })
    // What is no limit is marked, not taken, and gone once one is done; nothing at all is no limit.
    for (const wrong of ['abc', '-3', '0', '1e999', '1,5']) {
      await box('budget-macs').fill(wrong)
      await expect.poll(() => box('budget-macs').getAttribute('aria-invalid')).toBe('true')
    }
    await box('budget-macs').press('Enter')
    await expect.poll(() => box('budget-macs').inputValue()).toBe('1000000')
    await app.picture('budget')
    await box('budget-macs').fill('')
    await expect.poll(kept).toMatchObject({ macs: null })
    await box('budget-batch').fill('1e2')
    await expect.poll(kept).toMatchObject({ batch: 100 })

    await page.keyboard.press('Escape')
    await pick(page, 'c1')
    await page.keyboard.press('Shift+C')
    await page.keyboard.type('Note')
    const comment = page.getByTestId('comment-comment')
    await page.keyboard.press('Escape')
    await comment.click()
    const width = page.getByTestId('inspector').getByRole('textbox', { name: 'Width' })
    await width.fill('3e2')
    await width.press('Enter')
    await expect.poll(() => width.inputValue()).toBe('300')
    await width.fill('5000')
    await expect.poll(() => width.getAttribute('aria-invalid')).toBe('true')
    await width.press('Enter')
    await expect.poll(() => width.inputValue()).toBe('300')
    await app.picture('comment')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await comment.click()
    await expect.poll(() => width.inputValue()).toBe('200')
    expect(app.complaints).toEqual([])
  } finally {
    await app.close()
  }
})
