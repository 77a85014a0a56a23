// Makes a checkout ready to run: installs the packages and builds the app when they are missing or out of date. Plain Node, since
// nothing else may be there yet. In an installed package there is nothing to do: it comes built.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const SOURCES = ['shared', 'templates', 'electron', 'renderer', 'vite.config.ts', 'vite.node.config.ts', 'package.json']
const stamp = join(root, 'dist', '.built')

export function prepare() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(
      `Netloom needs Node.js 20.19 or newer; this is ${process.versions.node}. Install one from https://nodejs.org.`,
    )
    process.exit(1)
  }
  if (!existsSync(join(root, 'shared'))) return
  if (!packagesMatch()) step('Installing packages, once', ['ci', '--no-audit', '--no-fund'])
  if (!buildIsFresh()) build()
}

function build() {
  // The time of the start: what is edited while the build runs counts as newer.
  const started = new Date()
  // Whatever runs this: a test runner's NODE_ENV would build the slower React for development.
  step('Building Netloom', ['run', '--silent', 'build'], { NODE_ENV: 'production' })
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, '')
  utimesSync(stamp, started, started)
}

/** Does node_modules hold the versions that the lock file names? Packages for other systems may be absent. */
function packagesMatch() {
  try {
    const wanted = readLock('package-lock.json')
    const present = readLock('node_modules/.package-lock.json')
    return Object.entries(wanted).every(([path, { version, optional, peer }]) =>
      path === '' ? true : path in present ? present[path].version === version : optional || peer,
    )
  } catch {
    return false
  }
}
const readLock = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages

function buildIsFresh() {
  if (!existsSync(stamp)) return false
  return Math.max(...SOURCES.map((name) => newest(join(root, name)))) <= statSync(stamp).mtimeMs
}

/** The latest change of a file, or of anything in a folder. A folder's own time tells of files that were taken away. */
function newest(path) {
  if (!existsSync(path)) return 0
  const info = statSync(path)
  if (!info.isDirectory()) return info.mtimeMs
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** Says what happens, runs npm, and ends with its output should it fail. */
function step(what, args, env = {}) {
  const command = ['npm', ...args.filter((a) => !a.startsWith('--'))].join(' ')
  console.error(`${what} (${command}) …`)
  const done = spawnSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  })
  if (done.status === 0) return
  console.error(done.stdout ?? '', done.stderr ?? '', done.error?.message ?? '')
  console.error(`${what} failed. The lines above say why.`)
  process.exit(1)
}
