import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { download } from '../../../electron/publicData/download'
import type { PublicSet } from '../../../electron/publicData/sets'
import { openData } from '../../../electron/trainer/data/open'
import { idx } from '../trainer/data/fixtures'

const images = gzipSync(idx([2, 1, 1], [7, 255]))
const labels = gzipSync(idx([2], [0, 1]))
const record = Buffer.concat([Buffer.from([4]), Buffer.alloc(3072, 255)])
const archive = gzipSync(
  Buffer.concat([tarHeader('./cifar/data_batch_1.bin', record.length), record, Buffer.alloc(1024)]),
)
const served: Readonly<Record<string, Uint8Array>> = {
  '/a-images.gz': images,
  '/a-labels.gz': labels,
  '/c.tar.gz': archive,
}

function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write(size.toString(8).padStart(11, '0'), 124)
  header.write('0', 156)
  return header
}

let server: Server
let base = ''
let folder = ''
let asked: string[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const bytes = served[request.url ?? '']
    if (bytes) response.setHeader('content-length', bytes.length).end(bytes)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => server.close())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-download-'))
  asked = []
  return () => rmSync(folder, { recursive: true })
})

const file = (name: string, bytes: Uint8Array) => ({
  name,
  url: `${base}/${name}`,
  md5: createHash('md5').update(bytes).digest('hex'),
})
const pair = (): PublicSet => ({
  files: [file('a-images.gz', images), file('a-labels.gz', labels)],
  kind: 'idx',
  path: 'a-images.gz',
})

test('files are fetched once, with progress, and open as data', async () => {
  const seen: [string, number, number | null][] = []
  const spec = await download(pair(), join(folder, 'set'), (...step) => seen.push(step))
  if (!spec.ok) throw new Error(spec.error)
  expect(seen.at(-1)).toEqual(['a-labels.gz', labels.length, labels.length])
  const data = await openData(spec.value)
  expect(data).toMatchObject({ ok: true, value: { size: 2, targetSize: 2 } })
  expect(await download(pair(), join(folder, 'set'), () => {})).toEqual(spec)
  expect(asked).toEqual(['/a-images.gz', '/a-labels.gz'])
})

test('an archive is unpacked', async () => {
  const set = { files: [file('c.tar.gz', archive)], kind: 'cifar10', path: 'bin' }
  const spec = await download(set, folder, () => {})
  expect(spec).toEqual({ ok: true, value: `cifar10:${join(folder, 'bin')}` })
  expect(readFileSync(join(folder, 'bin', 'data_batch_1.bin'))).toEqual(record)
})

test('a wrong sum, a missing file and no connection: what to put where, and nothing is kept', async () => {
  const target = join(folder, 'a-images.gz')
  const one = (change: object): PublicSet => ({ ...pair(), files: [{ ...file('a-images.gz', images), ...change }] })
  const wrong = await download(one({ md5: '0'.repeat(32) }), folder, () => {})
  expect(wrong).toMatchObject({ ok: false, error: expect.stringContaining('instead of 0000') })
  const missing = await download(one({ url: `${base}/none` }), folder, () => {})
  expect(missing).toMatchObject({ ok: false, error: expect.stringContaining('answers 404') })
  const alone = await download(one({ url: 'http://127.0.0.1:1/a-images.gz' }), folder, () => {})
  expect(alone).toMatchObject({ ok: false, error: expect.stringContaining('there is no connection to 127.0.0.1:1') })
  expect(alone).toMatchObject({ ok: false, error: expect.stringContaining(`put it at ${target}.`) })
  expect(existsSync(target)).toBe(false)
})

test('a public name that was not fetched says how to', async () => {
  expect(await openData('mnist')).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('netloom data mnist --download data/mnist') },
  })
})
