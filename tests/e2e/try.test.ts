import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultTraining } from '#shared/training/config'
import { lenet5 } from '#templates/lenet'
import { drawTemplate } from '#templates/template'
import { crudeDigits } from '../renderer/results/crudeDigits'
import { type App, noBrowser, openApp } from './app'
import { trainedRun } from './trained'

let app: App
let run = ''
beforeAll(async () => {
  if (noBrowser !== null) return
  app = await openApp({
    async open(workspace) {
      const graph = drawTemplate(lenet5, { input: [28, 28, 1], classes: 10 })
      const training = { ...defaultTraining, epochs: 2, batchSize: 32, learningRate: 0.003 }
      const project = { name: 'LeNet-5', graph, training, data: 'digits' }
      run = await trainedRun(workspace, 'digits', project)
      return []
    },
  })
}, 300_000)
afterAll(() => app?.close())

/** Draws a digit with the mouse. */
async function draw(page: Page, digit: number): Promise<void> {
  const box = await page.getByTestId('draw-pad').boundingBox()
  const at = ([x, y]: readonly [number, number]) =>
    [(box?.x ?? 0) + x * (box?.width ?? 0), (box?.y ?? 0) + y * (box?.height ?? 0)] as const
  for (const stroke of crudeDigits[digit] ?? []) {
    await page.mouse.move(...at(stroke[0] ?? [0, 0]))
    await page.mouse.down()
    for (const point of stroke.slice(1)) await page.mouse.move(...at(point))
    await page.mouse.up()
  }
}
/** The processes that keep a run for the server. */
const children = (server: number | undefined): readonly number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...args]) => Number(parent) === server && args.join(' ').includes('session.js'))
    .map(([pid]) => Number(pid))

test('a drawn digit is read, its feature maps are seen, and neither a killed process nor a lost run does harm', async ({
  skip,
}) => {
  if (noBrowser !== null) return skip(noBrowser)
  const { page, server } = app
  const best = page.getByTestId('try-best')
  await page.getByRole('tab', { name: 'Runs' }).click()
  await page.getByTestId('runs').getByRole('button', { name: 'LeNet-5' }).click()
  await page.getByTestId('drawer').getByText('Try it', { exact: true }).click()
  await page.getByTestId('draw-pad').waitFor()
  await draw(page, 7)
  await expect.poll(() => best.textContent()).toMatch(/^7 /)

  await page.getByTestId('maps-layer').click()
  await page.getByRole('option', { name: 'C1' }).click()
  await expect.poll(() => page.getByTestId('planes').first().getAttribute('data-shown')).toBe('6')
  await app.picture('try')

  // Killed in the middle: the next stroke starts it anew.
  const [pid] = children(server.pid)
  expect(pid).toBeGreaterThan(0)
  process.kill(pid ?? 0, 'SIGKILL')
  await page.getByRole('button', { name: 'Clear' }).click()
  await draw(page, 0)
  await expect.poll(() => best.textContent()).toMatch(/^0 /)

  // No picture.
  const text = { name: 'text.png', mimeType: 'image/png', buffer: Buffer.from('just text') }
  await page.getByTestId('try').locator('input[type=file]').setInputFiles(text)
  await page.getByTestId('try-error').getByText('neither PNG, JPEG nor WebP').waitFor()

  await rm(run, { recursive: true })
  await draw(page, 1)
  await page.getByTestId('try-error').getByText('is not there any more').waitFor()
  await page.getByTestId('drawer').getByText('Figures', { exact: true }).click()
  await expect.poll(() => children(server.pid)).toEqual([])
  expect(app.complaints).toEqual([])
})
