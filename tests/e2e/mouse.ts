import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { choose, fill, place, see, set, text, wire } from './hands'
import { lenet, seeAccuracy, seeAllAgain, seeExport, seeLenet, seeSaved, seeState, watchCurves } from './lenet'

/** The window that the path is walked in. */
export interface Seat {
  readonly page: Page
  readonly workspace: string
  /** Where exported models come to lie. */
  readonly exports: string
  picture(name: string): Promise<void>
  /** Saves the network under a name, by the dialog that this window has. */
  saveAs(name: string): Promise<void>
}

const NAME = 'My first network'

/** From a blank canvas to a trained, tried, exported and saved LeNet-5, by mouse. */
export async function lenetByMouse(seat: Seat): Promise<void> {
  const { page } = seat
  await see(page, 'Start a network')
  await seat.picture('1-blank')

  // Draw. A little further away, so that all ten layers are in view.
  for (let i = 0; i < 3; i++) await page.getByTitle('Zoom out').click()
  for (const [i, { id, type }] of lenet.entries()) {
    await place(page, type, { x: 680, y: 95 + i * 72 })
    await page.getByTestId(`node-${id}`).waitFor()
  }
  await seat.picture('2-placed')
  for (const [i, { id }] of lenet.entries()) if (i > 0) await wire(page, lenet[i - 1]?.id ?? '', id)
  for (const { id, values = {}, choices = {} } of lenet) {
    for (const [field, value] of Object.entries(values)) await set(page, id, field, value)
    for (const [field, option] of Object.entries(choices)) await choose(page, id, field, option)
  }
  await seat.picture('3-wired')
  await seeLenet(page)

  // Train, watch the curves, stop, and train on.
  await page.getByRole('tab', { name: 'Train' }).click()
  await fill(page.getByTestId('drawer').getByTestId('field-epochs'), '5')
  await page.getByTestId('train').click()
  await watchCurves(page, 2)
  await seat.picture('4-training')
  await page.getByTestId('stop').click()
  await seeState(page, 'stopped')
  await page.getByTestId('resume').click()
  await seeState(page, 'completed')
  await seeAccuracy(page, 90)
  await seat.picture('5-trained')

  // Try a digit: a stroke from top to bottom is a one.
  await page.getByRole('tab', { name: 'Results' }).click()
  await page.getByTestId('confusion').waitFor()
  await page.getByText('Try it', { exact: true }).click()
  await drawOne(page)
  await expect.poll(() => text(page.getByTestId('try-best')), { timeout: 30_000 }).toMatch(/^1 [\d.]+ ?%/)
  expect(await page.getByTestId('try-outputs').getByRole('row').count()).toBe(10)
  await seat.picture('6-tried')

  await page.getByTestId('export').click()
  await page.getByTestId('export-save').click()
  await seeExport(page, seat.exports)
  await seat.picture('7-exported')
  await page.keyboard.press('Escape')

  await seat.saveAs(NAME)
  await seeSaved(page, seat.workspace, NAME)
  await seeAllAgain(page, NAME)
  await seat.picture('8-reloaded')
}

async function drawOne(page: Page): Promise<void> {
  const pad = await page.getByTestId('draw-pad').boundingBox()
  if (!pad) throw new Error('There is no pad to draw on.')
  const at = (x: number, y: number) => [pad.x + pad.width * x, pad.y + pad.height * y] as const
  await page.mouse.move(...at(0.52, 0.15))
  await page.mouse.down()
  await page.mouse.move(...at(0.48, 0.85), { steps: 12 })
  await page.mouse.up()
}

/** The seat of the app in a browser: its own dialog asks for the name. */
export const seatOf = ({ page, workspace, picture }: Pick<Seat, 'page' | 'workspace' | 'picture'>): Seat => ({
  page,
  workspace,
  exports: join(workspace, 'exports'),
  picture,
  async saveAs(name) {
    await page.keyboard.press('Control+s')
    await page.getByLabel('File name').fill(name)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
  },
})
