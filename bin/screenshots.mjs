// Makes the pictures of docs/ anew from the real app: the real server, a real Chromium, a real training; in both languages.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { prepare, root } from './prepare.mjs'

prepare()
const { chromium } = await import('playwright-core')
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const executablePath = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find((path) => existsSync(path))
if (!executablePath) throw new Error('No Chromium or Chrome is on the path.')
const docs = join(root, 'docs', 'screenshots')
mkdirSync(docs, { recursive: true })
/** A comment on the canvas. */
const notes = { en: 'Each value is the mean of 2×2 pixels.', 'zh-CN': '每个值是 2×2 个像素的平均。' }

for (const locale of ['en', 'zh-CN']) await withServer((url) => take(locale, url))

async function withServer(use) {
  const workspace = mkdtempSync(join(tmpdir(), 'netloom-screenshots-'))
  const server = spawn(process.execPath, [
    join(root, 'bin', 'netloom.mjs'),
    'serve',
    '--port',
    '0',
    '--workspace',
    workspace,
  ])
  server.stderr.pipe(process.stderr)
  const url = await new Promise((resolve) => {
    server.stdout.on('data', (text) => {
      const found = /http:\S+/.exec(text)
      if (found) resolve(found[0])
    })
  })
  try {
    await use(url)
  } finally {
    await new Promise((resolve) => server.on('exit', resolve).kill())
    rmSync(workspace, { recursive: true, force: true })
  }
}

async function take(locale, url) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const open = async (colorScheme) => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale, colorScheme })
    await page.goto(url)
    await page.getByText('LeNet-5').first().waitFor()
    return page
  }
  const save = async (page, name) => {
    // Nothing that fades in or out is caught half way, and no help hangs over the picture.
    await page.mouse.move(1439, 450)
    await page.waitForTimeout(500)
    await page.screenshot({ path: join(docs, `${name}-${locale}.png`) })
  }

  const page = await open('light')
  const tab = (n) => page.getByRole('tab').nth(n)
  const view = (n) =>
    page.getByTestId('drawer').locator('.mantine-SegmentedControl-root').first().locator('label').nth(n)
  await save(page, 'start')
  await page.getByText('LeNet-5').first().click()
  await page.getByTestId('node-s2').click()
  await page.keyboard.press('Shift+C')
  await page.keyboard.type(notes[locale])
  await page.keyboard.press('Escape')
  await page.getByTestId('node-c1').click()
  await save(page, 'draw')
  await tab(1).click()
  await page.getByTestId('train').click()
  await page.locator('[data-testid=progress][data-epoch="4"]').waitFor({ timeout: 600_000 })
  await save(page, 'train')
  await view(1).click()
  await page.getByTestId('layers').waitFor({ timeout: 600_000 })
  await save(page, 'layers')
  await page.locator('[data-testid=progress][data-state=completed]').waitFor({ timeout: 600_000 })
  await tab(3).click()
  await page.getByTestId('confusion').waitFor()
  await save(page, 'results')
  await view(1).click()
  await page.getByTestId('draw-pad').waitFor({ timeout: 60_000 })
  await page.getByTestId('node-c1').click()
  await drawTwo(page)
  await page.getByTestId('try-outputs').waitFor({ timeout: 60_000 })
  await page.locator('[data-testid=try][aria-busy=false]').waitFor({ timeout: 60_000 })
  await save(page, 'try')
  await tab(0).click()
  await page.getByTestId('data-summary').waitFor()
  await save(page, 'data')

  const dark = await open('dark')
  await dark.getByText('ResNet-18').first().click()
  await dark.getByTestId('node-input1').waitFor()
  await save(dark, 'dark')

  await browser.close()
}

/** Writes a two onto the pad, as a hand does. */
async function drawTwo(page) {
  const pad = await page.getByTestId('draw-pad').boundingBox()
  const line = [
    [0.3, 0.32],
    [0.4, 0.2],
    [0.55, 0.17],
    [0.68, 0.27],
    [0.66, 0.42],
    [0.5, 0.6],
    [0.32, 0.8],
    [0.5, 0.79],
    [0.72, 0.8],
  ].map(([x, y]) => [pad.x + pad.width * x, pad.y + pad.height * y])
  await page.mouse.move(...line[0])
  await page.mouse.down()
  for (const point of line.slice(1)) await page.mouse.move(...point, { steps: 4 })
  await page.mouse.up()
}
