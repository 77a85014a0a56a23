import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultsOf } from '#shared/fields'
import { infer } from '#shared/graph/infer'
import { templateNames, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { short } from '../../renderer/i18n/format'
import { type App, noBrowser, openApp } from './app'
import { text } from './hands'

let app: App
beforeAll(async () => {
  if (noBrowser === null) app = await openApp()
})
afterAll(() => app?.close())

test.for(templateNames)(
  'template %s opens with its numbers, without a problem, and with nothing on top of another',
  async (name, { skip }) => {
    if (noBrowser !== null) return skip(noBrowser)
    const { page } = app
    const template = templates[name]
    const { totals } = infer(drawTemplate(template, defaultsOf(template.fields)))
    await page.getByRole('button', { name: 'Templates' }).click()
    await page.getByTestId(`template-${name}`).click()
    await expect.poll(() => page.title()).toContain(template.label)
    await expect.poll(() => text(page.getByTestId('figure-params'))).toContain(short(totals.params.total))
    await expect.poll(() => text(page.getByTestId('figure-macs'))).toContain(short(totals.macs))
    await expect.poll(() => text(page.getByTestId('problem-count'))).toContain('0 problems')
    await page.getByTestId('node-input1').waitFor()
    await app.picture(`template-${name}`)
    await expect.poll(() => overlaps(page)).toEqual([])
    // Further away more of it is in view.
    for (let i = 0; i < 3; i++) await page.getByTitle('Zoom out').click()
    await page.locator('[data-testid=canvas]:not([data-detail=plain])').waitFor()
    await expect.poll(() => overlaps(page)).toEqual([])
    expect(app.complaints).toEqual([])
  },
)

/** Pairs of layers or folded blocks in view of which one covers a part of the other. */
const overlaps = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const nodes = [...document.querySelectorAll('.react-flow__node-layer, .react-flow__node-folded')]
    const boxes = nodes.map((node) => ({ id: node.getAttribute('data-id'), box: node.getBoundingClientRect() }))
    return boxes.flatMap(({ id, box: a }, i) =>
      boxes
        .slice(i + 1)
        .filter(({ box: b }) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((other) => `${id} and ${other.id}`),
    )
  })
