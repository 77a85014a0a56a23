import { expect, test } from 'vitest'
import { noBrowser, openApp } from './app'
import { pick, set, size, text } from './hands'

test('a network is broken and mended by the offered fixes', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const app = await openApp()
  const { page } = app
  const problems = () => text(page.getByTestId('problem-count'))
  const state = (id: string) => page.getByTestId(`node-${id}`).getAttribute('data-state')
  try {
    await page.getByText('LeNet-5').first().click()
    await expect.poll(problems).toContain('0 problems')

    // A kernel larger than what comes in: the layer says so, and what lies behind it waits for its size.
    await set(page, 'input1', 'shape', '8, 8, 1')
    await expect.poll(() => state('c3')).toBe('error')
    await expect.poll(problems).not.toContain('0 problems')
    await app.picture('broken-kernel')
    await page.getByTestId('problem-count').click()
    const list = page.getByTestId('problems').last()
    const fixes = list.getByTestId('fix')
    await expect.poll(() => fixes.count()).toBeGreaterThan(0)
    for (let click = 0; click < 6 && (await fixes.count()) > 0; click++) {
      const before = await text(list)
      await fixes.first().click()
      await expect.poll(async () => ((await list.count()) > 0 ? text(list) : '')).not.toBe(before)
    }
    await expect.poll(problems).toContain('0 problems')
    await expect.poll(() => state('c3')).toBeNull()
    await page.keyboard.press('Escape')

    // A value out of its limits: the fix stands beside the parameters too.
    await set(page, 'c1', 'filters', '0')
    await expect.poll(() => state('c1')).toBe('error')
    await page.getByTestId('inspector').getByTestId('fix').click()
    await expect.poll(problems).toContain('0 problems')

    // A layer too few: the loss needs probabilities. The fix adds the softmax again.
    await pick(page, 'softmax1')
    await page.keyboard.press('Delete')
    await expect.poll(problems).toContain('1 problem')
    await page.getByTestId('problem-count').click()
    await page.getByTestId('problems').last().getByTestId('fix').click()
    await expect.poll(problems).toContain('0 problems')
    await page.keyboard.press('Escape')
    await set(page, 'output', 'units', '7')

    // Data of another size and with more classes: the window says so before anything runs, and mends both.
    await page.getByRole('tab', { name: 'Data' }).click()
    const misfit = page.getByTestId('misfit')
    await misfit.waitFor()
    await app.picture('broken-data')
    const mends = misfit.getByRole('button')
    await expect.poll(() => mends.count()).toBe(2)
    await mends.first().click()
    await expect.poll(() => mends.count()).toBe(1)
    await mends.first().click()
    await misfit.waitFor({ state: 'detached' })
    await expect.poll(() => text(size(page, 'input1'))).toBe('28×28×1')
    await expect.poll(() => text(size(page, 'output'))).toBe('10')

    // Every fix was an edit: undo takes them all back, to the network as it was opened.
    const undo = page.getByRole('button', { name: 'Undo', exact: true })
    while (await undo.isEnabled()) await undo.click()
    await expect.poll(() => text(size(page, 'input1'))).toBe('32×32×1')
    await expect.poll(problems).toContain('0 problems')
    expect(app.complaints).toEqual([])
  } finally {
    await app.close()
  }
})
