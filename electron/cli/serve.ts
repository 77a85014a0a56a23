import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { ok, type Result } from '#shared/result'
import { createHost } from '../host/host'
import { rendererFolder, trainerEntry } from '../paths'
import { startServer } from '../server/server'
import { createTrainer } from '../trainer/client'

export const defaultWorkspace = process.env.NETLOOM_WORKSPACE ?? join(homedir(), 'Netloom')
/** The usual port, so that the browser finds its settings again; any free one where it is taken. */
const USUAL_PORT = 7345

export interface ServeOptions {
  readonly workspace: string
  /** A project to open. */
  readonly file?: string
  readonly port?: number
}
export interface Serving {
  readonly url: string
  readonly usualPort: boolean
  /** Settles when the server has ended: after Ctrl-C, SIGTERM, or `end`. */
  readonly ended: Promise<void>
  end(): void
}

export function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

/** Starts the app for a browser; the first Ctrl-C stops a run with its checkpoint and ends, a second one ends at once. */
export async function serve({ workspace, port, file }: ServeOptions): Promise<Result<Serving, string>> {
  const host = createHost({ workspace, trainer: createTrainer({ entry: trainerEntry }) })
  const start = (p: number) => startServer({ host, root: rendererFolder, port: p })
  let started = await start(port ?? USUAL_PORT)
  if (!started.ok && port === undefined) started = await start(0)
  if (!started.ok) return started
  const server = started.value
  if (file !== undefined) await host.give(resolve(file))

  const signals = ['SIGINT', 'SIGTERM'] as const
  let end = (): void => {}
  const ended = new Promise<void>((resolve) => {
    let ending = false
    end = () => {
      if (ending) process.exit(130)
      ending = true
      // The run first: open pages see how it ends.
      host
        .close()
        .then(() => server.close())
        .then(resolve)
    }
    for (const signal of signals) process.on(signal, end)
  })
  return ok({ url: server.url, usualPort: server.port === USUAL_PORT, ended, end: () => end() })
}

export function register(program: Command): void {
  program
    .command('serve')
    .description('Serve the app for a browser on this machine, and print its address.')
    .argument('[file]', 'a project to open')
    .option('--port <port>', `port on 127.0.0.1; ${USUAL_PORT} or any free one by default`, parsePort)
    .option('--workspace <folder>', 'folder of projects, data and runs', defaultWorkspace)
    .action(async (file: string | undefined, options: ServeOptions) => {
      const serving = await serve({ ...options, ...(file !== undefined && { file }) })
      if (!serving.ok) {
        console.error(serving.error)
        process.exitCode = 1
        return
      }
      console.log(`Netloom is at ${serving.value.url}\nCtrl-C ends it.`)
      await serving.value.ended
    })
}
