import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { err, ok, type Result } from '#shared/result'
import { writeAtomic } from '../writeAtomic'
import type { PublicFile, PublicSet } from './sets'
import { untar } from './tar'

/** `total` in bytes; null where the server does not say. */
export type OnProgress = (file: string, bytes: number, total: number | null) => void

/** Fetches the files of a set that are not in the folder yet, checks their sums, and gives the reference of the data. */
export async function download(set: PublicSet, into: string, onProgress: OnProgress): Promise<Result<string, string>> {
  const folder = resolve(into)
  try {
    await mkdir(folder, { recursive: true })
    for (const file of set.files) {
      const path = join(folder, file.name)
      const bytes = await present(path, file)
      if (bytes) continue
      const fetched = await get(file, path, onProgress)
      if (!fetched.ok) return fetched
      await writeAtomic(path, fetched.value)
    }
    for (const { name } of set.files.filter((f) => f.name.endsWith('.tar.gz'))) {
      await mkdir(join(folder, set.path), { recursive: true })
      for (const file of untar(gunzipSync(await readFile(join(folder, name)))))
        await writeAtomic(join(folder, set.path, file.name), file.bytes)
    }
  } catch (e) {
    return err(`The data cannot be kept in ${folder}: ${e instanceof Error ? e.message : String(e)}.`)
  }
  return ok(`${set.kind}:${join(folder, set.path)}`)
}

const sumOf = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex')

async function present(path: string, { md5 }: PublicFile): Promise<boolean> {
  const bytes = await readFile(path).catch(() => null)
  return bytes !== null && sumOf(bytes) === md5
}

async function get(
  { name, url, md5 }: PublicFile,
  path: string,
  onProgress: OnProgress,
): Promise<Result<Uint8Array, string>> {
  const otherwise = `Fetch ${url} in another way and put it at ${path}.`
  const chunks: Uint8Array[] = []
  try {
    const answer = await fetch(url)
    if (!answer.ok || !answer.body) return err(`The server answers ${answer.status} for ${url}. ${otherwise}`)
    const total = Number(answer.headers.get('content-length')) || null
    let bytes = 0
    for await (const chunk of answer.body) {
      chunks.push(chunk)
      bytes += chunk.length
      onProgress(name, bytes, total)
    }
  } catch (e) {
    const cause = e instanceof Error && e.cause instanceof Error ? e.cause.message : e instanceof Error ? e.message : ''
    return err(`${name} cannot be downloaded: there is no connection to ${new URL(url).host} (${cause}). ${otherwise}`)
  }
  const all = Buffer.concat(chunks)
  const sum = sumOf(all)
  if (sum !== md5) return err(`${name} came with the MD5 sum ${sum} instead of ${md5}: it was not kept. ${otherwise}`)
  return ok(all)
}
