import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the window's browser keeps its profile, apart from the person's own: a process that ends with its window. */
function profileFolder(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Netloom', 'window')
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? homedir(), 'Netloom', 'window')
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'netloom', 'window')
}

/**
 * Opens an address in a window without tabs. The process ends when the window is closed. At the usual address the window keeps its
 * profile; a second window beside it gets one for the time being, since a shared one would hand it over to the first and end.
 */
export function openWindow(browser: string, url: string, usual: boolean): ChildProcess {
  const profile = usual ? profileFolder() : mkdtempSync(join(tmpdir(), 'netloom-window-'))
  mkdirSync(profile, { recursive: true })
  // Chromium's own sandbox refuses to run as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []
  // A window that was open before comes back at its own size and place.
  const size = existsSync(join(profile, 'Default')) ? [] : ['--window-size=1440,900']
  const flags = [...size, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check']
  const window = spawn(browser, [`--app=${url}`, ...flags, ...asRoot], { stdio: 'ignore' })
  if (!usual) window.on('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 3 }))
  return window
}
