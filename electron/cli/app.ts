import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { root } from '../paths'
import { findBrowser } from './browsers'
import { electronBinary } from './electronBinary'
import { fetchElectron } from './fetchElectron'
import { defaultWorkspace, parsePort, type ServeOptions, serve } from './serve'
import { openWindow } from './window'

export function register(program: Command): void {
  program
    .command('app')
    .description('Open the app: in Electron, else in a browser window, else at the printed address.')
    .argument('[file]', 'a project to open')
    .option('--port <port>', 'port on 127.0.0.1 where the app opens in a browser', parsePort)
    .option('--workspace <folder>', 'folder of projects, data and runs', defaultWorkspace)
    .option('--browser', 'open in a browser window even where Electron is')
    .action(async (file: string | undefined, { browser, ...given }: ServeOptions & { browser?: true }) => {
      const options = { ...given, ...(file !== undefined && { file }) }
      const binary = browser ? null : (electronBinary(root) ?? (await fetchElectron(root, console.error)))
      process.exitCode = binary === null ? await inBrowser(options) : await inElectron(binary, options)
    })
}

function inElectron(binary: string, { workspace, file }: ServeOptions): Promise<number> {
  // Chromium's sandbox refuses to run as root.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const env = { ...process.env, NETLOOM_WORKSPACE: workspace }
  const child = spawn(binary, [...asRoot, root, ...(file === undefined ? [] : [resolve(file)])], {
    stdio: 'inherit',
    env,
  })
  // Ctrl-C reaches Electron too, which ends in order; this process waits for it.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill())
  return new Promise((resolve) => {
    child.on('error', (e) => {
      console.error(`Electron could not be started: ${e.message}`)
      resolve(1)
    })
    child.on('exit', (code) => resolve(code ?? 0))
  })
}

async function inBrowser(options: ServeOptions): Promise<number> {
  const serving = await serve(options)
  if (!serving.ok) {
    console.error(serving.error)
    return 1
  }
  const { url, usualPort, ended, end } = serving.value
  console.log(`Netloom is at ${url}\nCtrl-C ends it.`)
  const browser = findBrowser()
  if (browser === null) console.log('Open this address in a browser.')
  else {
    const window = openWindow(browser, url, usualPort)
    window.on('error', (e) => console.log(`No window could be opened (${e.message}). Open the address in a browser.`))
    window.on('exit', (code) => {
      // Closing the window ends the app. A browser that fails leaves the address to be opened by hand.
      if (code === 0) end()
      else console.log('The window could not be opened. Open the address above in a browser.')
    })
    ended.then(() => window.kill())
  }
  await ended
  return 0
}
