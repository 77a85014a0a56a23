import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../../bin/prepare.mjs'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}
interface Options {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the command as a person does in a checkout. */
export function start(args: readonly string[], { cwd = root, env = {} }: Options = {}): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [join(root, 'bin', 'netloom.mjs'), ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
  })
}

export function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}

/** Runs the command to its end. */
export const netloom = (args: readonly string[], options?: Options): Promise<Ended> => ended(start(args, options))

/** Waits until the process has printed what is looked for. */
export const printed = (child: ChildProcessWithoutNullStreams, pattern: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    const look = (chunk: Buffer) => {
      text += chunk
      const found = pattern.exec(text)?.[0]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.on('close', () => reject(new Error(`It ended before it printed ${pattern}: ${text}`)))
  })
