import { ok, type Result } from '#shared/result'
import { phrase } from '#shared/training/failurePhrases'
import { type Note, note } from '#shared/training/notes'
import type { Sample } from '#shared/training/try'
import { borderMean } from '../data/background'
import { invalidData } from '../data/files'
import { createDecoder } from '../data/imageCache'
import { bytesFault } from '../data/imageCheck'
import type { TrainerError } from '../protocol'
import type { RunFile } from '../runFile'

/** A sample in the shape and the range of the run's data, before it is fitted to the network. */
export interface ReadSample {
  readonly values: Float32Array
  readonly notes: readonly Note[]
}
type Samples = RunFile['samples']

/** Pictures of more pixels take seconds and hundreds of megabytes to decode. */
const MAX_PIXELS = 50_000_000
/** Edges this far from the middle say whether samples are light on dark or dark on light. */
const CLEAR = 0.3

export const shapeOf = (samples: Samples): readonly number[] => samples.sourceShape ?? samples.inputShape

/** Ink becomes what the run's samples are drawn in: the end of the range that is farther from their background. */
export function readDrawing(
  sample: Extract<Sample, { kind: 'drawing' }>,
  samples: Samples,
): Result<ReadSample, TrainerError> {
  const { height, width } = sample
  const [h = 0, w = 0, channels = 1, ...more] = shapeOf(samples)
  const ink = Buffer.from(sample.ink, 'base64')
  if (more.length > 0 || h !== height || w !== width)
    return invalidData('drawingShape', { shape: shapeOf(samples).join('×'), size: `${height}×${width}` })
  if (ink.length !== height * width)
    return invalidData('drawingPixels', { size: `${height}×${width}`, received: ink.length })
  const [low, high] = samples.range
  const [paper, pen] = (samples.background ?? 0) < 0.5 ? [low, high] : [high, low]
  const values = new Float32Array(ink.length * channels)
  for (let i = 0; i < values.length; i++)
    values[i] = paper + ((pen - paper) * (ink[Math.floor(i / channels)] ?? 0)) / 255
  return ok({ values, notes: [] })
}

/**
 * A picture of any size, turned, flattened and stretched as pictures of a data set are. Grey samples that are clearly light on dark get a
 * picture that is clearly dark on light inverted, and the reverse.
 */
export async function readPicture(
  sample: Extract<Sample, { kind: 'picture' }>,
  samples: Samples,
): Promise<Result<ReadSample, TrainerError>> {
  const [height = 0, width = 0, channels = 0, ...more] = shapeOf(samples)
  if (more.length > 0 || (channels !== 1 && channels !== 3))
    return invalidData('noPicturesTaken', { shape: shapeOf(samples).join('×') })
  const file = Buffer.from(sample.file, 'base64')
  const unusable = (fault: string) => invalidData('pictureUnusable', { fault })
  const fault = bytesFault(file)
  if (fault !== null) return unusable(fault)
  try {
    const { default: sharp } = await import('sharp')
    const about = await sharp(file, { limitInputPixels: false }).metadata()
    // Of an animation the height of one frame; all of them are read to find it.
    const pixels = about.width * (about.pageHeight ?? about.height)
    if (pixels > MAX_PIXELS)
      return unusable(phrase('manyPixels', { size: `${about.width}×${about.height}`, max: MAX_PIXELS / 1e6 }))
    const bytes = await (await createDecoder({ height, width, channels }))(file)
    const edge = borderMean(bytes, height, width) / 255
    const inverted = channels === 1 && isOpposite(edge, samples.background)
    const [low, high] = samples.range
    const notes: Note[] = [
      ...(inverted ? [note('inverted', {})] : []),
      ...((about.pages ?? 1) > 1 ? [note('firstFrame', {})] : []),
    ]
    return ok({ values: Float32Array.from(bytes, (b) => low + ((inverted ? 255 - b : b) / 255) * (high - low)), notes })
  } catch (e) {
    return unusable(e instanceof Error ? (e.message.split('\n')[0] ?? '') : String(e))
  }
}

const isOpposite = (edge: number, background: number | undefined): boolean =>
  background !== undefined &&
  Math.abs(background - 0.5) > CLEAR &&
  Math.abs(edge - 0.5) > CLEAR &&
  edge > 0.5 !== background > 0.5
