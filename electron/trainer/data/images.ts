import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { type Note, note, noteText } from '#shared/training/notes'
import type { TrainerError } from '../protocol'
import { classProblems } from './classes'
import type { DataResult } from './dataSet'
import { invalidData, unreadable } from './files'
import { createDecoder, ImageCache, type ImageFormat } from './imageCache'
import { imageFault, isPicture } from './imageCheck'
import { parseSpec } from './spec'

/** What decoded pictures may take in memory. */
export const CACHE_BYTES = 256 * 2 ** 20
const CHECKED_AT_ONCE = 32
/** A list of thousands of damaged files helps nobody. */
const MAX_PROBLEMS = 20

/**
 * `images:<folder>?size=64x64&channels=3`: a folder of pictures per class. Only the list of files is held; pictures are decoded when a
 * batch asks for them, and kept as long as `cacheBytes` allow.
 */
export async function openImages(spec: string, cacheBytes = CACHE_BYTES): Promise<DataResult> {
  const parsed = parseSpec(spec, ['size', 'channels'])
  if (!parsed.ok) return parsed
  const { path: folder, options } = parsed.value
  const format = parseFormat(options)
  if (!format.ok) return format
  const found = await listImages(folder)
  if (!found.ok) return found
  const { labels, files, problems } = found.value
  const { height, width, channels } = format.value
  const targets = Uint16Array.from(files, (file) => file.label)
  const made = await createDecoder(format.value).catch((e: unknown) => (e instanceof Error ? e : new Error(String(e))))
  if (made instanceof Error) return invalidData('noDecoder', { reason: made.message.split('\n')[0] ?? '' })
  const decode = made
  const broken = new Set<number>()

  /** A picture that turns out to be damaged is left out: the next of its class stands in for it. */
  async function decodeNear(index: number): Promise<Uint8Array> {
    const label = targets[index]
    for (let step = 0; step < files.length; step++) {
      const at = (index + step) % files.length
      const file = files[at]
      if (!file || file.label !== label || broken.has(at)) continue
      try {
        return await decode(file.path)
      } catch (e) {
        if (!broken.has(at))
          skip(problems, file.path, (e instanceof Error ? e.message : String(e)).split('\n')[0] ?? '')
        broken.add(at)
      }
    }
    throw new Error(
      existsSync(folder)
        ? failure('noPictureOfClass', { label: labels[label ?? 0] ?? '', path: folder })
        : failure('folderGone', { path: folder }),
    )
  }
  const cache = new ImageCache(decodeNear, cacheBytes)
  return ok({
    spec,
    size: files.length,
    inputShape: [height, width, channels],
    labels,
    targetSize: labels.length,
    range: [0, 1],
    preprocessing: `Pictures turned as their EXIF data says, on white, stretched to ${height}×${width}, ${channels === 3 ? 'red, green and blue' : 'grey'}; bytes divided by 255.`,
    problems,
    classOf: (i) => targets[i] ?? 0,
    load: (indices) => cache.load(indices),
    read(i, to, offset) {
      const pixels = cache.get(i)
      for (let k = 0; k < pixels.length; k++) to[offset + k] = (pixels[k] ?? 0) / 255
    },
    target(i, to, offset) {
      to.fill(0, offset, offset + labels.length)
      to[offset + (targets[i] ?? 0)] = 1
    },
  })
}

function parseFormat({
  size = '64x64',
  channels = '3',
}: {
  size?: string
  channels?: string
}): Result<ImageFormat, TrainerError> {
  const [height = 0, width = 0, ...more] = size.split(/[x×]/).map(Number)
  const fits = [height, width].every((n) => Number.isInteger(n) && n >= 1 && n <= 4096)
  if (!fits || more.length > 0) return invalidData('optionSize', { received: size })
  if (channels !== '1' && channels !== '3') return invalidData('optionChannels', { received: channels })
  return ok({ height, width, channels: channels === '1' ? 1 : 3 })
}

interface ImageFile {
  readonly path: string
  readonly label: number
}
interface Found {
  readonly labels: readonly string[]
  readonly files: readonly ImageFile[]
  readonly problems: Note[]
}

async function listImages(folder: string): Promise<Result<Found, TrainerError>> {
  const labels: string[] = []
  const files: ImageFile[] = []
  const problems: Note[] = []
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const classes = entries.filter((e) => e.isDirectory() && !e.name.startsWith('.')).map((e) => e.name)
    if (classes.length === 0)
      return invalidData('noClassFolders', {
        path: folder,
        examples: `${join(folder, 'cats')}, ${join(folder, 'dogs')}`,
      })
    for (const name of classes.sort()) {
      const inside = await readdir(join(folder, name), { withFileTypes: true })
      const paths = inside.filter((e) => e.isFile() && isPicture(e.name)).map((e) => join(folder, name, e.name))
      const whole = await keepWhole(paths.sort(), problems)
      if (whole.length === 0) problems.push(note('noPictures', { path: join(folder, name) }))
      else for (const path of whole) files.push({ path, label: labels.length })
      if (whole.length > 0) labels.push(name)
    }
  } catch (e) {
    return unreadable(folder, e)
  }
  const about = { path: folder, label: labels[0] ?? '', notes: problems.slice(0, 3).map(noteText).join(' ') }
  if (files.length === 0) return invalidData(about.notes === '' ? 'noPictures' : 'noWholePictures', about)
  if (labels.length === 1) return invalidData(about.notes === '' ? 'oneClassFolder' : 'oneClassFolderOf', about)
  problems.push(
    ...classProblems(
      labels,
      files.map((f) => f.label),
    ),
  )
  return ok({ labels, files, problems })
}

async function keepWhole(paths: readonly string[], problems: Note[]): Promise<readonly string[]> {
  const kept: string[] = []
  for (let from = 0; from < paths.length; from += CHECKED_AT_ONCE) {
    const part = paths.slice(from, from + CHECKED_AT_ONCE)
    const faults = await Promise.all(part.map(imageFault))
    for (const [i, path] of part.entries()) {
      const fault = faults[i] ?? null
      if (fault === null) kept.push(path)
      else skip(problems, path, fault)
    }
  }
  return kept
}

function skip(problems: Note[], path: string, fault: string): void {
  if (problems.length < MAX_PROBLEMS) problems.push(note('pictureSkipped', { path, fault }))
  else if (problems.length === MAX_PROBLEMS) problems.push(note('morePicturesSkipped', {}))
}
