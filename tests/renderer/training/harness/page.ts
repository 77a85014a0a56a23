import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Harness } from './main'
import { openPanels, type Panels } from './open'

declare global {
  interface Window {
    harness: Harness
  }
}

export interface OnePage {
  /** Within tests and hooks. */
  readonly opened: () => { readonly page: Page; readonly folder: string }
  readonly get: (id: string) => Locator
  /** Loads the page anew, as if for the first time. */
  readonly show: (query: string) => Promise<void>
  /** How often the host was asked so. */
  readonly asked: (name: string) => Promise<number>
}

/**
 * The panels on one page for all tests of a file, in a real browser, with a host that answers from memory; loaded anew before each test, which
 * is quicker than a new page, since the browser has compiled its code. A test fails where the page complains.
 */
export function onePage(): OnePage {
  let panels: Panels
  let page: Page
  let complaints: string[] = []
  beforeAll(async () => {
    panels = await openPanels()
    page = await panels.browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.addInitScript(() => {
      localStorage.clear()
      sessionStorage.clear()
    })
    page.on('pageerror', (e) => complaints.push(e.message))
    page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()))
  })
  afterAll(() => panels?.close())
  const show = async (query: string) => {
    await page.mouse.move(0, 0)
    await page.goto(`${panels.url}${query}`)
    await page.getByTestId('drawer').waitFor()
  }
  beforeEach(async () => {
    complaints = []
    await show('')
  })
  afterEach(() => expect(complaints).toEqual([]))
  return {
    opened: () => ({ page, folder: panels.folder }),
    get: (id) => page.getByTestId(id),
    show,
    asked: (name) => page.evaluate((n) => window.harness.host.asked.filter((a) => a.name === n).length, name),
  }
}
