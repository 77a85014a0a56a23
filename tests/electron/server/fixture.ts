import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEvents } from '../../../electron/host/events'
import { createHost } from '../../../electron/host/host'
import { type RunningServer, startServer } from '../../../electron/server/server'
import { createTrainer } from '../../../electron/trainer/client'

export interface Fixture {
  readonly server: RunningServer
  readonly events: ReturnType<typeof createEvents>
  readonly token: string
  /** The cookie that a browser holds after opening the address. */
  readonly cookie: string
  readonly folder: string
  close(): Promise<void>
}

/** The real server and host over a folder with a page, a secret beside it, and a link to that secret. */
export async function openServer(): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'netloom-server-'))
  const root = join(folder, 'page')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(root, 'index.html'), '<!doctype html><title>page</title>')
  await writeFile(join(root, 'assets', 'app.js'), 'export {}')
  await writeFile(join(folder, 'secret.js'), 'secret')
  await symlink(join(folder, 'secret.js'), join(root, 'link.js'))
  const events = createEvents()
  const host = createHost({ workspace: join(folder, 'workspace'), trainer: createTrainer({ entry: 'absent' }) })
  const started = await startServer({ host: { ...host, events }, root, port: 0 })
  if (!started.ok) throw new Error(started.error)
  const server = started.value
  const token = new URL(server.url).searchParams.get('token') ?? ''
  return {
    server,
    events,
    token,
    cookie: `netloom-${server.port}=${token}`,
    folder,
    async close() {
      await server.close()
      await rm(folder, { recursive: true })
    },
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A request written by hand, so that path and headers arrive exactly as given. */
export const ask = (
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = ''
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
