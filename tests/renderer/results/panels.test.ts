import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { noBrowser } from '../training/harness/open'
import { onePage } from '../training/harness/page'

describe.skipIf(noBrowser)(`panels of results${noBrowser}`, () => {
  const { asked, get, opened } = onePage()
  let page: Page
  beforeAll(() => {
    page = opened().page
  })

  test('a run is tried: drawn digits, live answers, undo, the feature maps of the selected layer', async () => {
    await page.evaluate(() => window.harness.useRuns.getState().open(window.harness.host, 'r3'))
    await page.getByRole('tab', { name: 'Results' }).click()
    await page.getByTestId('drawer').getByText('Try it', { exact: true }).click()
    expect(await asked('try.open')).toBe(1)
    const pad = await get('draw-pad').boundingBox()
    const draw = async (...points: readonly (readonly [number, number])[]) => {
      const on = ([x, y]: readonly [number, number]) =>
        [(pad?.x ?? 0) + x * (pad?.width ?? 0), (pad?.y ?? 0) + y * (pad?.height ?? 0)] as const
      await page.mouse.move(...on(points[0] ?? [0, 0]))
      await page.mouse.down()
      for (const point of points.slice(1)) await page.mouse.move(...on(point), { steps: 3 })
      await page.mouse.up()
    }
    await draw([0.25, 0.2], [0.75, 0.2], [0.4, 0.85])
    await expect.poll(() => get('try-best').textContent()).toMatch(/^7 \d\d\.\d %$/)
    expect(await get('try-outputs').getByRole('row').count()).toBe(10)
    await draw([0.3, 0.5], [0.7, 0.5])
    expect(await get('draw-pad').getAttribute('data-strokes')).toBe('2')
    await page.keyboard.press('Control+z')
    expect(await get('draw-pad').getAttribute('data-strokes')).toBe('1')

    await page.evaluate(() => window.harness.useView.getState().select(['c1']))
    const planes = get('planes')
    await expect.poll(() => planes.getAttribute('data-shown')).toBe('64')
    expect(await get('feature-maps').textContent()).toContain('2×3×80')
    await planes.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await get('plane-value').textContent()).toBe('Channel 1, row 1, column 2: 1.000')
    await get('maps-all').click()
    await expect.poll(() => planes.getAttribute('data-shown')).toBe('80')

    await page.getByRole('button', { name: 'From the data' }).click()
    await expect.poll(() => get('try-best').textContent()).toContain('It is 7.')
    await page.getByRole('button', { name: 'Clear' }).click()
    await expect.poll(() => get('try-best').count()).toBe(0)
    await page.getByTestId('drawer').getByText('Figures', { exact: true }).click()
    await expect.poll(() => asked('try.close')).toBe(1)
  })

  test('a picture that cannot be used is refused with the reason, and the next one is not', async () => {
    await page.evaluate(() => window.harness.useRuns.getState().open(window.harness.host, 'r3'))
    await page.getByRole('tab', { name: 'Results' }).click()
    await page.getByTestId('drawer').getByText('Try it', { exact: true }).click()
    const choose = async (name: string, size: number) => {
      const path = join(opened().folder, name)
      await writeFile(path, '')
      await truncate(path, size)
      await get('try').locator('input[type=file]').setInputFiles(path)
    }
    await choose('vast.png', 20_000_000)
    await get('try-error').getByText('vast.png has 20 MB; a picture may have 16 MB.').waitFor()
    expect(await asked('try.ask')).toBe(0)
    await choose('small.png', 10)
    await expect.poll(() => get('try-best').textContent()).toMatch(/^7 /)
    expect(await get('try-error').count()).toBe(0)
  })

  test('a run is evaluated on a part of its data', async () => {
    await page.evaluate(() => window.harness.useRuns.getState().open(window.harness.host, 'r3'))
    await page.getByRole('tab', { name: 'Results' }).click()
    await page.getByTestId('drawer').getByText('Evaluate', { exact: true }).click()
    await get('evaluate').getByText('Test set').click()
    await get('evaluate-run').click()
    await expect.poll(() => get('evaluation-top3').textContent()).toBe('99.4 %')
    expect(await get('evaluation-auc').textContent()).toBe('0.9991')
    expect(await page.evaluate(() => window.harness.host.asked.find((a) => a.name === 'runs.evaluate')?.args)).toEqual({
      runId: 'r3',
      on: { part: 'test' },
    })
  })
})
