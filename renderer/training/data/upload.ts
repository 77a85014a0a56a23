import { type Host, MAX_TEXT } from '#shared/host'
import { err, type Result } from '#shared/result'

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
  return { ok: true, value: spec }
}
