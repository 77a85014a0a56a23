import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

const onPath = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
]
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const windowsApps = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

/** A Chromium-like browser that can show a window without tabs; null where none is installed. */
export function findBrowser(platform = process.platform, env = process.env): string | null {
  const candidates = (): readonly string[] => {
    if (platform === 'darwin')
      return macApps.flatMap((name) =>
        ['/Applications', join(homedir(), 'Applications')].map((d) => `${d}/${name}.app/Contents/MacOS/${name}`),
      )
    if (platform === 'win32')
      return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].flatMap((d) =>
        d === undefined ? [] : windowsApps.map((app) => join(d, app)),
      )
    const folders = (env.PATH ?? '').split(delimiter).filter((d) => d !== '')
    return onPath.flatMap((name) => folders.map((d) => join(d, name)))
  }
  return candidates().find((path) => existsSync(path)) ?? null
}
