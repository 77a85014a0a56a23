import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the window's browser keeps its profile, apart from the person's own: a process that ends with its window. */
function profileFolder(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Netloom', 'window')
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? homedir(), 'Netloom', 'window')
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'netloom', 'window')
}

/** Opens an address in a window without tabs. The process ends when the window is closed. */
export function openWindow(browser: string, url: string): ChildProcess {
  const profile = profileFolder()
  mkdirSync(profile, { recursive: true })
  // Chromium's own sandbox refuses to run as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []
  const flags = ['--window-size=1440,900', `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check']
  return spawn(browser, [`--app=${url}`, ...flags, ...asRoot], { stdio: 'ignore' })
}
