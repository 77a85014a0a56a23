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
    // Nothing that fades in or out is caught half way.
    await page.waitForTimeout(500)
    await page.screenshot({ path: join(docs, `${name}-${locale}.png`) })
  }

  const page = await open('light')
  const tab = (n) => page.getByRole('tab').nth(n)
  await save(page, 'start')
  await page.getByText('LeNet-5').first().click()
  await page.getByTestId('node-c1').click()
  await tab(1).click()
  await page.getByTestId('train').click()
  await page.locator('[data-testid=progress][data-epoch="5"]').waitFor({ timeout: 120_000 })
  await save(page, 'train')
  await page.locator('[data-testid=progress][data-state=completed]').waitFor({ timeout: 120_000 })
  await tab(3).click()
  await save(page, 'results')
  await page.locator('[data-testid=drawer] label').nth(1).click()
  await draw(page, page.getByTestId('draw-pad'))
  await page.getByTestId('planes').first().waitFor()
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

/** A three, as somebody draws it with a mouse. */
async function draw(page, pad) {
  const { x, y, width, height } = await pad.boundingBox()
  const points = [0.3, 0.22, 0.5, 0.12, 0.68, 0.25, 0.5, 0.45, 0.7, 0.65, 0.55, 0.85, 0.28, 0.8]
  for (let i = 0; i < points.length; i += 2) {
    await page.mouse.move(x + points[i] * width, y + points[i + 1] * height, { steps: 4 })
    if (i === 0) await page.mouse.down()
  }
  await page.mouse.up()
}
