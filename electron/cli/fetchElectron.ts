import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { electronBinary } from './electronBinary'

/** A download of which nothing arrives for so long is given up, in ms. */
const PATIENCE = 10_000

interface Progress {
  readonly transferred: number
  readonly total: number | null
}
/** What is used of `@electron/get`, which comes with the `electron` package. */
interface Downloads {
  downloadArtifact(options: {
    readonly version: string
    readonly artifactName: 'electron'
    readonly platform: string
    readonly arch: string
    readonly checksums: Readonly<Record<string, string>>
    readonly downloadOptions: {
      readonly quiet: true
      readonly signal: AbortSignal
      getProgressCallback(p: Progress): Promise<void>
    }
  }): Promise<string>
}

/**
 * Fetches Electron's executable where the `electron` package is installed without it: from its cache or its mirror, checked against the
 * package's checksums. Null where that is not possible, as without a network: the app then opens in a browser.
 */
export async function fetchElectron(root: string, say: (line: string) => void, patience = PATIENCE) {
  const home = join(root, 'node_modules', 'electron')
  const install = join(home, 'install.js')
  if (!existsSync(install) || process.env.ELECTRON_SKIP_BINARY_DOWNLOAD || !hasScreen()) return null
  try {
    const version = z.object({ version: z.string() }).parse(readJson(join(home, 'package.json'))).version
    say(`Fetching Electron ${version}, once …`)
    await download(home, version, say, patience)
    // Unpacks what now lies in the cache.
    await run(install)
    return electronBinary(root)
  } catch (e) {
    const reason = e instanceof Error ? e.message : String(e)
    say(`Electron cannot be had now (${reason}). Netloom opens in a browser instead; it is the same app.`)
    return null
  }
}

async function download(home: string, version: string, say: (line: string) => void, patience: number): Promise<void> {
  const resolved = createRequire(join(home, 'install.js')).resolve('@electron/get')
  const get: Downloads = await import(pathToFileURL(resolved).href)
  const giveUp = new AbortController()
  const late = () => giveUp.abort(new Error(`nothing arrived for ${patience / 1000} seconds`))
  let waiting = setTimeout(late, patience)
  let told = 0
  try {
    await get.downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: z.record(z.string(), z.string()).parse(readJson(join(home, 'checksums.json'))),
      downloadOptions: {
        quiet: true,
        signal: giveUp.signal,
        async getProgressCallback({ transferred, total }) {
          clearTimeout(waiting)
          waiting = setTimeout(late, patience)
          const tenth = total ? Math.floor((10 * transferred) / total) : 0
          if (tenth > told) say(`  ${tenth * 10} % of ${Math.round((total ?? 0) / 1e6)} MB`)
          told = Math.max(told, tenth)
        },
      },
    })
  } finally {
    clearTimeout(waiting)
  }
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

function run(script: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script], { stdio: 'ignore' })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('it could not be unpacked'))))
  })
}

/** Nothing is fetched for a machine that one reaches over the network. */
const hasScreen = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
