import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'

export interface Place {
  /** The folder of engines that the code under test uses. */
  readonly engines: string
  path(...names: string[]): string
  /** Writes a file, with the folders above it. */
  put(path: string, content?: string): string
  /** Puts a shell script on the search path, before all else. */
  program(name: string, script: string): void
}

/** A folder of engines of one test's own. */
export function place(): Place {
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'netloom-engines-'))
    vi.stubEnv('NETLOOM_ENGINES', join(root, 'engines'))
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(root, { recursive: true, force: true })
  })
  const at = (...names: string[]) => join(root, ...names)
  const put = (path: string, content = '') => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    return path
  }
  return {
    get engines() {
      return at('engines')
    },
    path: at,
    put,
    program(name, script) {
      chmodSync(put(at('bin', name), `#!/bin/sh\n${script}\n`), 0o755)
      if (!process.env.PATH?.startsWith(at('bin'))) vi.stubEnv('PATH', `${at('bin')}${delimiter}${process.env.PATH}`)
    },
  }
}

/** What a folder of libtensorflow holds, by its names. */
export function libtensorflow(p: Place): string {
  p.put(p.path('tf', 'include', 'tensorflow', 'c', 'eager', 'c_api.h'))
  p.put(p.path('tf', 'lib', 'libtensorflow.so.2'))
  p.put(p.path('tf', 'lib', 'libtensorflow_framework.so.2'))
  return p.path('tf')
}
