import type { Locator, Page } from 'playwright-core'

interface Point {
  readonly x: number
  readonly y: number
}
async function middle(of: Locator): Promise<Point> {
  await of.scrollIntoViewIfNeeded()
  const box = await of.boundingBox()
  if (!box) throw new Error(`${of} is not to be seen`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Presses the mouse button at one place, moves as a hand does, and lets go at the other. */
export async function drag(page: Page, from: Locator, to: Locator | Point): Promise<void> {
  const start = await middle(from)
  const end = 'x' in to ? to : await middle(to)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 6, start.y + 6)
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 })
  await page.mouse.move(end.x, end.y, { steps: 4 })
  await page.mouse.up()
}

/** Drags a layer from the palette to a place in the window. */
export const place = (page: Page, type: string, at: Point): Promise<void> =>
  drag(page, page.getByTestId(`palette-${type}`), at)

/** Draws a wire from the first output of one layer to the first input of another. */
export const wire = (page: Page, from: string, to: string): Promise<void> =>
  drag(page, page.getByTestId(`${from}-out0`), page.getByTestId(`${to}-in0`))

/** Selects a layer, or adds it `toOthers` that are selected. A first press may only close what is open over the canvas: then it is pressed again, as a person would. */
export async function pick(page: Page, id: string, more: { readonly toOthers?: boolean } = {}): Promise<void> {
  await bringIntoView(page, page.getByTestId(`node-${id}`))
  const selected = page.locator(`[data-testid="node-${id}"][data-selected]`)
  for (let press = 1; ; press++) {
    await page.getByTestId(`node-${id}`).click(more.toOthers ? { modifiers: ['Shift'] } : {})
    try {
      return await selected.waitFor({ timeout: 3000 })
    } catch (e) {
      if (press === 3) throw e
    }
  }
}

/** Shows everything if a layer is not in view. Left to Playwright, the browser scrolls there, which the canvas takes back. */
async function bringIntoView(page: Page, node: Locator): Promise<void> {
  const seen = await page.locator('.react-flow').boundingBox()
  const box = (await node.count()) > 0 ? await node.boundingBox() : null
  if (seen && box && box.y >= seen.y && box.y + box.height <= seen.y + seen.height) return
  await page.getByRole('button', { name: /^(Show everything|显示全部)$/ }).click()
}

/** Selects a layer and types a parameter of it into the inspector. */
export async function set(page: Page, id: string, field: string, value: string): Promise<void> {
  await pick(page, id)
  await fill(page.getByTestId('inspector').getByTestId(`field-${field}`), value)
}

/** Types a value into a field and confirms it. */
export async function fill(field: Locator, value: string): Promise<void> {
  const box = field.getByRole('textbox')
  await box.fill(value)
  await box.press('Enter')
}

/** The output size that a layer shows. */
export const size = (page: Page, id: string): Locator => page.getByTestId(`node-${id}`).getByTestId('size')

/** What a person reads there. */
export const text = async (of: Locator): Promise<string> => (await of.textContent()) ?? ''

/** Selects a layer and picks one of a parameter's choices: from its list, or the one of a few that stand side by side. */
export async function choose(page: Page, id: string, field: string, option: string): Promise<void> {
  await pick(page, id)
  const editor = page.getByTestId('inspector').getByTestId(`field-${field}`)
  if ((await editor.getByRole('radio').count()) > 0) return editor.getByText(option, { exact: true }).click()
  await editor.getByRole('combobox').click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** Waits until words are to be seen anywhere in the window. */
export const see = (page: Page, words: string): Promise<void> => page.getByText(words).first().waitFor()

/** Drops files and folders of this machine there, as from the system's file manager: what the page does not take, the browser does. */
export async function dropFiles(page: Page, on: Locator, paths: readonly string[]): Promise<void> {
  const { x, y } = await middle(on)
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x, y, data })
  await session.detach()
}
