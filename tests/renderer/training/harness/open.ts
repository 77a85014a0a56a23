import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { type Browser, chromium } from 'playwright-core'
import { build, preview } from 'vite'
import { findBrowser } from '../../../../electron/cli/browsers'

const browserPath = findBrowser()
export const noBrowser = browserPath === null ? ' (skipped: no Chromium is installed)' : ''

export interface Panels {
  readonly browser: Browser
  readonly url: string
  /** A folder for files of a test. */
  readonly folder: string
  close(): Promise<void>
}

/** Builds and serves the page of the panels, and starts a browser to show it. */
export async function openPanels(): Promise<Panels> {
  const outDir = await mkdtemp(join(tmpdir(), 'netloom-panels-'))
  const common = { configFile: false, root: import.meta.dirname, logLevel: 'error' } as const
  await build({
    ...common,
    plugins: [react()],
    build: { outDir, minify: false, target: 'es2023', emptyOutDir: true },
  })
  const server = await preview({ ...common, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
  const browser = await chromium.launch({
    executablePath: browserPath ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  })
  return {
    browser,
    folder: outDir,
    url: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await browser.close()
      await server.close()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
