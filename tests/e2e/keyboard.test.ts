import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { noBrowser, openApp } from './app'
import { see, text } from './hands'
import { lenet, seeAllAgain, seeExport, seeLenet, seeSaved, seeState, watchCurves } from './lenet'

const NAME = 'Without a mouse'

test('from a blank canvas to a trained, tried, exported and saved LeNet-5, by keyboard only', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const app = await openApp()
  const { page } = app
  const { keyboard } = page
  try {
    await see(page, 'Start a network')

    // Draw: every layer is added behind the one before and wired to it.
    for (const { id, type, values = {}, choices = {} } of lenet) {
      await keyboard.press('/')
      await focused(page.getByLabel('Search layers'))
      await keyboard.type(type)
      await keyboard.press('Enter')
      await page.getByTestId(`node-${id}`).waitFor()
      const editor = (field: string) => page.getByTestId('inspector').getByTestId(`field-${field}`)
      const form = Object.keys({ ...values, ...choices }).length > 0
      if (form) await keyboard.press('Enter')
      for (const [field, value] of Object.entries(values)) await typeInto(page, editor(field), value)
      for (const [field, option] of Object.entries(choices)) await pick(page, editor(field), option)
      // Leaves the form; once more would end the selection, behind which the next layer comes.
      if (form) await keyboard.press('Escape')
    }
    await seeLenet(page)
    await app.picture('keyboard-drawn')

    // Train.
    await keyboard.press('Escape')
    await tabTo(page, page.getByRole('tab', { name: 'Train' }))
    await keyboard.press('Enter')
    await typeInto(page, page.getByTestId('drawer').getByTestId('field-epochs'), '3')
    await tabTo(page, page.getByTestId('train'))
    await keyboard.press('Enter')
    await watchCurves(page, 1)
    await tabTo(page, page.getByTestId('stop'))
    await keyboard.press('Enter')
    await seeState(page, 'stopped')
    await tabTo(page, page.getByTestId('resume'))
    await keyboard.press('Enter')
    await seeState(page, 'completed')

    // Try a digit of the data.
    await tabTo(page, page.getByRole('tab', { name: 'Train' }))
    await keyboard.press('ArrowRight')
    await keyboard.press('ArrowRight')
    await page.getByTestId('confusion').waitFor()
    await tabTo(page, page.getByRole('radio', { name: 'Figures' }))
    await keyboard.press('ArrowRight')
    await tabTo(page, page.getByTestId('try-held-out'))
    await keyboard.press('Enter')
    await expect.poll(() => text(page.getByTestId('try-best'))).toMatch(/^\d [\d.]+ ?%/)
    await app.picture('keyboard-tried')

    await tabTo(page, page.getByTestId('export'))
    await keyboard.press('Enter')
    await tabTo(page, page.getByTestId('export-save'))
    await keyboard.press('Enter')
    await seeExport(page, join(app.workspace, 'exports'))
    await keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    await keyboard.press('Control+s')
    await focused(page.getByLabel('File name'))
    await keyboard.press('Control+a')
    await keyboard.type(NAME)
    await keyboard.press('Enter')
    await seeSaved(page, app.workspace, NAME)
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await seeAllAgain(page, NAME)
    expect(app.complaints).toEqual([])
  } finally {
    await app.close()
  }
}, 600_000)

const holdsFocus = (what: Locator): Promise<boolean> => what.evaluate((e) => e.contains(document.activeElement))
const focused = (what: Locator): Promise<void> => expect.poll(() => holdsFocus(what)).toBe(true)

/** Presses Tab until the focus is there; round the window once at most. */
async function tabTo(page: Page, what: Locator): Promise<void> {
  await what.waitFor({ state: 'attached' })
  for (let i = 0; i < 300; i++) {
    if (await holdsFocus(what)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${what}.`)
}

async function typeInto(page: Page, field: Locator, value: string): Promise<void> {
  await tabTo(page, field.getByRole('textbox').first())
  await page.keyboard.press('Control+a')
  await page.keyboard.type(value)
  await page.keyboard.press('Enter')
}

/** Goes through a list, or through choices that stand side by side, with the arrows. */
async function pick(page: Page, field: Locator, option: string): Promise<void> {
  if ((await field.getByRole('radio').count()) > 0) {
    await tabTo(page, field.getByRole('radio', { checked: true }))
    const wanted = field.getByRole('radio', { name: option, exact: true })
    for (let i = 0; i < 3 && !(await wanted.isChecked()); i++) await page.keyboard.press('ArrowRight')
    return
  }
  await tabTo(page, field.getByRole('combobox'))
  await page.keyboard.press('ArrowDown')
  const active = page.locator('[role=option][data-combobox-selected]')
  await page.getByRole('option', { name: option, exact: true }).waitFor()
  for (let i = 0; i < 40; i++) {
    if ((await active.count()) > 0 && (await text(active)) === option) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
}
