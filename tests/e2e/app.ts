import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { root } from '../../bin/prepare.mjs'
import { findBrowser } from '../../electron/cli/browsers'

const browserPath = findBrowser()
/** Why the tests in a browser cannot run here, or null. */
export const noBrowser = browserPath === null ? 'no Chromium is installed' : null

export interface App {
  readonly page: Page
  readonly browser: Browser
  /** The address with the token. */
  readonly url: string
  readonly workspace: string
  readonly server: ChildProcess
  /** What the page complained about. */
  readonly complaints: readonly string[]
  /** A picture of the page into the folder that SCREENSHOTS names, to look at; nothing without it. */
  picture(name: string): Promise<void>
  close(): Promise<void>
}

interface Options {
  readonly locale?: string
  readonly colorScheme?: 'light' | 'dark'
  /** Prepares the workspace; gives more arguments of the command. */
  open?(workspace: string): Promise<readonly string[]>
}

/** The product as a person has it: the real server over an empty workspace, and a real Chromium that shows it. */
export async function openApp({ locale = 'en-US', colorScheme = 'light', open }: Options = {}): Promise<App> {
  const workspace = await mkdtemp(join(tmpdir(), 'netloom-e2e-'))
  const { server, url } = await startServer(workspace, (await open?.(workspace)) ?? [])
  const browser = await chromium.launch({
    executablePath: browserPath ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  })
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale, colorScheme })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (e) => complaints.push(`error: ${e.message}`))
  page.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning') complaints.push(`${m.type()}: ${m.text()}`)
  })
  await page.goto(url)
  return {
    page,
    browser,
    url,
    workspace,
    server,
    complaints,
    async picture(name) {
      const { SCREENSHOTS } = process.env
      if (SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) })
    },
    async close() {
      await browser.close()
      await end(server)
      await rm(workspace, { recursive: true, force: true })
    },
  }
}

/** `netloom serve` as its own process. */
export function startServer(
  workspace: string,
  args: readonly string[] = [],
): Promise<{ server: ChildProcess; url: string }> {
  const command = [join(root, 'bin', 'netloom.mjs'), 'serve', '--port', '0', '--workspace', workspace, ...args]
  const server = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((resolve, reject) => {
    let said = ''
    const read = (chunk: Buffer) => {
      said += chunk.toString()
      const url = /http:\/\/\S+/.exec(said)?.[0]
      if (url) resolve({ server, url })
    }
    server.stdout.on('data', read)
    server.stderr.on('data', read)
    server.on('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)))
  })
}

export const end = (server: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve()
    server.on('exit', () => resolve())
    server.kill('SIGTERM')
  })
