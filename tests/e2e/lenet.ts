import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { see, size, text } from './hands'

/** LeNet-5 for 28×28 pixels, layer by layer: what is added, what its parameters become, and the size that must come out. */
export const lenet: readonly {
  readonly id: string
  readonly type: string
  readonly values?: Readonly<Record<string, string>>
  readonly choices?: Readonly<Record<string, string>>
  readonly size: string
}[] = [
  { id: 'input', type: 'input', size: '28×28×1' },
  {
    id: 'conv2d',
    type: 'conv2d',
    values: { filters: '6', kernelSize: '5' },
    choices: { activation: 'tanh' },
    size: '28×28×6',
  },
  { id: 'averagePooling2d', type: 'averagePooling2d', size: '14×14×6' },
  {
    id: 'conv2d2',
    type: 'conv2d',
    values: { filters: '16', kernelSize: '5' },
    choices: { padding: 'Valid', activation: 'tanh' },
    size: '10×10×16',
  },
  { id: 'averagePooling2d2', type: 'averagePooling2d', size: '5×5×16' },
  { id: 'flatten', type: 'flatten', size: '400' },
  { id: 'dense', type: 'dense', values: { units: '120' }, choices: { activation: 'tanh' }, size: '120' },
  { id: 'dense2', type: 'dense', values: { units: '84' }, choices: { activation: 'tanh' }, size: '84' },
  { id: 'dense3', type: 'dense', values: { units: '10' }, size: '10' },
  { id: 'softmax', type: 'softmax', size: '10' },
]

/** Every size, and the published figures of LeNet-5. */
export async function seeLenet(page: Page): Promise<void> {
  for (const layer of lenet) await expect.poll(() => text(size(page, layer.id))).toBe(layer.size)
  await expect.poll(() => text(page.getByTestId('status'))).toMatch(/Params\s*61\.71 k/i)
  await expect.poll(() => text(page.getByTestId('problem-count'))).toContain('0 problems')
}

const progress = (page: Page, what: 'epoch' | 'state') => page.getByTestId('progress').getAttribute(`data-${what}`)
export const seeState = (page: Page, state: string): Promise<void> =>
  expect.poll(() => progress(page, 'state'), { timeout: 120_000 }).toBe(state)

/** Waits for `epochs` epochs of the run under way, and sees both curves grow in each. */
export async function watchCurves(page: Page, epochs: number): Promise<void> {
  const loss = page.getByTestId('chart-loss')
  const look = async () => ({
    train: Number(await loss.getAttribute('data-points-train')),
    validation: Number(await loss.getAttribute('data-points-validation')),
    picture: await loss.locator('canvas').first().screenshot(),
  })
  let before: Awaited<ReturnType<typeof look>> | null = null
  for (let epoch = 1; epoch <= epochs; epoch++) {
    await expect.poll(async () => Number(await progress(page, 'epoch')), { timeout: 120_000 }).toBeGreaterThan(epoch)
    const now = await look()
    if (before) {
      expect(now.train).toBeGreaterThan(before.train)
      expect(now.validation).toBeGreaterThan(before.validation)
      expect(now.picture.equals(before.picture)).toBe(false)
    }
    before = now
  }
}

export async function seeAccuracy(page: Page, percent: number): Promise<void> {
  await expect
    .poll(async () => Number.parseFloat(await text(page.getByTestId('val-accuracy'))))
    .toBeGreaterThan(percent)
}

/** The model that was exported lies in the workspace and computes what the run computes. */
export async function seeExport(page: Page, folder: string): Promise<void> {
  const result = page.getByTestId('export-result')
  await result.waitFor({ timeout: 60_000 })
  expect(Number(await result.locator('[data-difference]').getAttribute('data-difference'))).toBeLessThan(1e-5)
  const [model] = await readdir(folder)
  expect(await readdir(join(folder, model ?? ''))).toContain('model.json')
}

export async function seeSaved(page: Page, workspace: string, name: string): Promise<void> {
  await see(page, `Saved as ${name}.netloom`)
  const saved = JSON.parse(await readFile(join(workspace, `${name}.netloom`), 'utf8'))
  expect(saved.graph.nodes).toHaveLength(lenet.length)
  expect(saved.graph.edges).toHaveLength(lenet.length - 1)
}

/** After a reload: the network, its name, and the run with its curve. */
export async function seeAllAgain(page: Page, name: string): Promise<void> {
  await page.reload()
  await seeLenet(page)
  await expect.poll(() => page.title()).toContain(name)
  await page.getByRole('tab', { name: 'Runs' }).click()
  await expect.poll(() => text(page.getByTestId('runs'))).toContain('Completed')
  await page.getByRole('tab', { name: 'Train' }).click()
  await expect
    .poll(async () => Number(await page.getByTestId('chart-loss').getAttribute('data-points-validation')))
    .toBeGreaterThan(1)
}
