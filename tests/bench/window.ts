import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { defaultsOf } from '#shared/fields'
import type { Graph } from '#shared/graph/graph'
import { serializeProject } from '#shared/project/serialize'
import { defaultTraining } from '#shared/training/config'
import { templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { type App, noBrowser, openApp } from '../e2e/app'
import { text } from '../e2e/hands'
import { dragging, panning, untilPainted } from './probe'
import { towers } from './towers'

const ROUNDS = 5
const networks: Readonly<Record<string, () => Graph>> = {
  'ResNet-152': () => drawTemplate(templates.resnet152, defaultsOf(templates.resnet152.fields)),
  '1,000 layers': () => towers(1000),
  '2,000 layers': () => towers(2000),
}

const median = (xs: number[]): number => xs.sort((a, b) => a - b)[Math.floor(xs.length / 2)] ?? Number.NaN
/** The middle of several measurements. */
async function repeat(measure: () => Promise<number>): Promise<number> {
  const all: number[] = []
  for (let round = 0; round < ROUNDS; round++) all.push(await measure())
  return median(all)
}

/** A window that nothing has been opened in yet. */
async function inNewWindow<T>({ browser, url }: App, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    await page.goto(url)
    await page.getByText('LeNet-5').first().waitFor()
    return await use(page)
  } finally {
    await context.close()
  }
}

const row = (what: string, figure: number, unit: string, target = ''): void =>
  console.log(
    `  ${what.padEnd(58)} ${figure.toFixed(0).padStart(6)} ${unit.padEnd(4)} ${target && `to reach: ${target}`}`,
  )

/** From the address being entered to the cards of an empty canvas being painted. */
const firstPaint = (app: App): Promise<number> =>
  inNewWindow(app, (page) => page.evaluate(() => performance.getEntriesByType('paint').at(-1)?.startTime ?? Number.NaN))

/** From the click on its file to the network being painted. */
async function opening(page: Page, name: string): Promise<number> {
  await page.keyboard.press('Control+o')
  const file = page.getByRole('dialog').getByText(name)
  await file.waitFor()
  const elapsed = await untilPainted(page, '.react-flow__node', () => file.click())
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  return elapsed
}

/** Zooms out from 100 % to the first step at or below `percent`. */
async function zoomOut(page: Page, percent: number): Promise<number> {
  const reset = page.getByTitle('Zoom to 100 %')
  await reset.click()
  for (;;) {
    const now = Number.parseInt(await text(reset), 10)
    if (now <= percent) return now
    await page.getByTitle('Zoom out').click()
  }
}

/** From a key in the inspector to the new numbers on the canvas and in the status line being painted. */
async function typing(page: Page): Promise<void> {
  for (const [what, id, field, keys, figure] of [
    ['the input height, which changes every size', 'input1', 'shape', ['Delete', '2'], 'figure-macs'],
    ['the filters of the first convolution', 'conv2d1', 'filters', ['Delete', '6'], 'figure-params'],
  ] as const) {
    await page.getByTestId(`node-${id}`).click()
    const box = page.getByTestId('inspector').getByTestId(`field-${field}`).getByRole('textbox').first()
    let turn = 0
    const elapsed = await repeat(async () => {
      await box.press('Home')
      return untilPainted(page, `[data-testid=${figure}]`, () => box.press(keys[turn++ % 2] ?? ''))
    })
    row(`a key in ${what}`, elapsed, 'ms', '50')
  }
}

async function network(app: App, name: string): Promise<void> {
  console.log(`\n  ${name}`)
  row('opened', await repeat(() => inNewWindow(app, (page) => opening(page, name))), 'ms')
  await inNewWindow(app, async (page) => {
    await opening(page, name)
    if (name === 'ResNet-152') await typing(page)
    for (const percent of [100, 25]) {
      const zoom = await zoomOut(page, percent)
      row(`panning at ${zoom} %`, await panning(page), 'fps', percent === 100 ? '50' : '')
      row(`dragging a layer at ${zoom} %`, await dragging(page), 'fps')
    }
    await page.keyboard.press('1')
    await page.locator('[data-detail=plain]').waitFor()
    row('panning with all in view', await panning(page), 'fps', '30')
  })
}

/** Prints how quickly the window paints, follows the hand and answers keys, in Chromium without a graphics processor. */
export async function benchWindow(): Promise<void> {
  console.log('\nThe window, 1440×900, in Chromium without a graphics processor\n')
  if (noBrowser !== null) return console.log(`  left out: ${noBrowser}`)
  const app = await openApp({
    async open(workspace) {
      for (const [name, draw] of Object.entries(networks)) {
        const project = { name, graph: draw(), training: defaultTraining, data: 'digits' }
        await writeFile(join(workspace, `${name}.netloom`), serializeProject(project))
      }
      return []
    },
  })
  try {
    row('first paint of the empty app', await repeat(() => firstPaint(app)), 'ms')
    for (const name of Object.keys(networks)) await network(app, name)
  } finally {
    await app.close()
  }
}
