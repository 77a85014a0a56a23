import type { Sharp } from 'sharp'

export interface ImageFormat {
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
}

/** Of a path, or of a file in memory. */
type Decode = (file: string | Buffer) => Promise<Uint8Array>

/** Pixels of a file as bytes, channels last: turned as its EXIF data says, on white, stretched to the size. Throws where it cannot be read. */
export async function createDecoder({ height, width, channels }: ImageFormat): Promise<Decode> {
  const { default: sharp } = await import('sharp')
  // Files are seen once an epoch, so that sharp's own cache would only take memory.
  sharp.cache(false)
  const colours = (image: Sharp) =>
    channels === 1 ? image.greyscale().toColourspace('b-w') : image.toColourspace('srgb')
  return async (file) => {
    const whole = sharp(file, { failOn: 'error' }).rotate().flatten({ background: 'white' })
    const { data, info } = await colours(whole.resize(width, height, { fit: 'fill' }))
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    if (info.channels !== channels) throw new Error(`it has ${info.channels} channels`)
    return data
  }
}

/** Decoded pictures by number. It holds at most `limit` bytes, or one batch where that is more; those used longest ago go first. */
export class ImageCache {
  private readonly held = new Map<number, Uint8Array>()
  /** What the pictures that are held take. */
  bytes = 0

  constructor(
    private readonly decode: (index: number) => Promise<Uint8Array>,
    private readonly limit: number,
  ) {}

  get(index: number): Uint8Array {
    const pixels = this.held.get(index)
    if (!pixels) throw new Error(`Image ${index} was read before it was loaded.`)
    return pixels
  }

  /** Afterwards `get` has all of these. */
  async load(indices: Uint32Array): Promise<void> {
    const wanted = new Set(indices)
    for (const index of wanted) this.touch(index)
    const missing = [...wanted].filter((index) => !this.held.has(index))
    await Promise.all(
      missing.map(async (index) => {
        const pixels = await this.decode(index)
        this.makeRoom(pixels.length, wanted)
        this.held.set(index, pixels)
        this.bytes += pixels.length
      }),
    )
  }

  private touch(index: number): void {
    const pixels = this.held.get(index)
    if (!pixels) return
    this.held.delete(index)
    this.held.set(index, pixels)
  }

  private makeRoom(needed: number, kept: ReadonlySet<number>): void {
    for (const [index, pixels] of this.held) {
      if (this.bytes + needed <= this.limit || kept.has(index)) return
      this.held.delete(index)
      this.bytes -= pixels.length
    }
  }
}
