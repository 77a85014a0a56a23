import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, noBrowser, openApp } from './app'
import { fill, place, set, size, text, wire } from './hands'

let app: App
beforeAll(async () => {
  if (noBrowser === null) app = await openApp()
})
afterAll(() => app?.close())

const see = (page: Page, words: string) => page.getByText(words).first().waitFor()

test('from a blank canvas to a trained, exported and saved network, by mouse', async ({ skip }) => {
  if (noBrowser !== null) return skip(noBrowser)
  const { page } = app
  await see(page, 'Start a network')
  await app.picture('1-blank')

  // Draw.
  const layers = ['input', 'conv2d', 'maxPooling2d', 'flatten', 'dense', 'softmax']
  for (const [i, type] of layers.entries()) {
    await place(page, type, { x: 640, y: 100 + i * 125 })
    await page.getByTestId(`node-${type}`).waitFor()
  }
  await app.picture('2-placed')
  for (const [i, type] of layers.slice(1).entries()) await wire(page, layers[i] ?? '', type)
  await set(page, 'conv2d', 'filters', '16')
  await set(page, 'dense', 'units', '10')
  await app.picture('3-wired')

  // See the sizes.
  const sizes: Record<string, string> = {}
  for (const type of layers) sizes[type] = await text(size(page, type))
  expect(sizes).toEqual({
    input: '28×28×1',
    conv2d: '28×28×16',
    maxPooling2d: '14×14×16',
    flatten: '3136',
    dense: '10',
    softmax: '10',
  })
  expect(await text(page.getByTestId('status'))).toMatch(/Params\s*31\.53 k/i)
  expect(await text(page.getByTestId('problem-count'))).toContain('0 problems')

  // Train, and watch both curves.
  await page.getByRole('tab', { name: 'Train' }).click()
  await fill(page.getByTestId('drawer').getByTestId('field-learningRate'), '0.005')
  await page.getByTestId('train').click()
  const loss = page.getByTestId('chart-loss')
  const points = async () => [
    Number((await loss.getAttribute('data-points-train')) ?? 0),
    Number((await loss.getAttribute('data-points-validation')) ?? 0),
  ]
  const seen: { points: number[]; picture: Buffer }[] = []
  for (const epoch of [1, 2, 3]) {
    await expect
      .poll(async () => Number(await page.getByTestId('progress').getAttribute('data-epoch')), { timeout: 60_000 })
      .toBeGreaterThan(epoch)
    seen.push({ points: await points(), picture: await loss.locator('canvas').first().screenshot() })
    if (epoch === 2) await app.picture('4-training')
  }
  for (const [i, now] of seen.entries()) {
    const before = seen[i - 1]
    if (!before) continue
    expect(now.points[0]).toBeGreaterThan(before.points[0] ?? 0)
    expect(now.points[1]).toBeGreaterThan(before.points[1] ?? 0)
    expect(now.picture.equals(before.picture)).toBe(false)
  }
  const accuracy = async () => Number.parseFloat(await text(page.getByTestId('val-accuracy')))
  await expect.poll(accuracy, { timeout: 120_000 }).toBeGreaterThan(90)
  await expect
    .poll(() => page.getByTestId('progress').getAttribute('data-state'), { timeout: 120_000 })
    .toBe('completed')
  await page.getByRole('tab', { name: 'Results' }).click()
  await page.getByTestId('confusion').waitFor()
  await app.picture('5-results')

  // Export.
  await page.getByTestId('export').click()
  await page.getByTestId('export-save').click()
  const result = page.getByTestId('export-result')
  await result.waitFor()
  await app.picture('6-exported')
  expect(Number(await result.locator('[data-difference]').getAttribute('data-difference'))).toBeLessThan(1e-5)
  const [folder] = await readdir(join(app.workspace, 'exports'))
  expect(await readdir(join(app.workspace, 'exports', folder ?? ''))).toContain('model.json')
  await page.keyboard.press('Escape')

  // Save, reload: everything is there.
  await page.keyboard.press('Control+s')
  await page.getByLabel('File name').fill('My first network')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await see(page, 'Saved as My first network.netloom')
  const saved = JSON.parse(await readFile(join(app.workspace, 'My first network.netloom'), 'utf8'))
  expect(saved.graph.nodes).toHaveLength(6)
  expect(saved.graph.edges).toHaveLength(5)
  await page.reload()
  for (const type of layers) expect(await text(size(page, type))).toBe(sizes[type])
  expect(await page.title()).toContain('My first network')
  await page.getByRole('tab', { name: 'Runs' }).click()
  expect(await text(page.getByTestId('runs'))).toContain('Completed')
  await app.picture('7-reloaded')
  expect(app.complaints).toEqual([])
}, 300_000)
