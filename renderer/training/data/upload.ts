import { type Host, MAX_TEXT } from '#shared/host'
import { err, ok, type Result } from '#shared/result'
import type { Folder } from './folder'

/** Of an upload, in bytes: as base64 it must fit one message. */
export const MAX_UPLOAD = Math.floor(MAX_TEXT / 4) * 3

const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })

/** Uploads files into the workspace. Gives the reference to the first that is data by itself, or what went wrong. */
export async function uploadData(
  host: Host,
  files: readonly File[],
  tooLarge: (file: File) => string,
): Promise<Result<string | null, string>> {
  let spec: string | null = null
  for (const file of files) {
    if (file.size > MAX_UPLOAD) return err(tooLarge(file))
    const stored = await host.request('data.import', { name: file.name, base64: await base64Of(file) })
    if (!stored.ok) return err(stored.error.message)
    spec ??= stored.value.spec
  }
  return ok(spec)
}

/** So many files are on their way at a time. */
const AT_ONCE = 8

/** Uploads a folder into the workspace: all of it, or nothing where it fails or is given up. Null when given up. */
export async function uploadFolder(
  host: Host,
  { name, files }: Folder,
  tooLarge: (file: File) => string,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Result<string | null, string>> {
  const large = files.find(({ file }) => file.size > MAX_UPLOAD)
  if (large) return err(tooLarge(large.file))
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0)
  const begun = await host.request('data.beginFolder', { name, files: files.length, bytes })
  if (!begun.ok) return err(begun.error.message)
  const { id } = begun.value
  for (let from = 0; from < files.length && !signal.aborted; from += AT_ONCE) {
    const part = files.slice(from, from + AT_ONCE)
    const stored = await Promise.all(
      part.map(async ({ path, file }) => host.request('data.addFile', { id, path, base64: await base64Of(file) })),
    )
    const failed = stored.find((s) => !s.ok)
    if (failed && !failed.ok) {
      await host.request('data.endFolder', { id, keep: false })
      return err(failed.error.message)
    }
    onProgress(from + part.length)
  }
  const ended = await host.request('data.endFolder', { id, keep: !signal.aborted })
  return ended.ok ? ok(ended.value?.spec ?? null) : err(ended.error.message)
}
