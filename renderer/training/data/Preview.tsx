import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { resolver } from '../curves/plotOptions'
import classes from './data.module.css'

interface PreviewProps {
  /** 0…1, in the order of `shape`. */
  readonly values: readonly number[]
  readonly shape: readonly number[]
  readonly label: string
  /** A second line under the label. */
  readonly note?: string
}

/** One sample: a picture where its shape is one, else its values as bars. */
export function Preview({ values, shape, label, note }: PreviewProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme('light')
  const picture = isPicture(shape)
  // biome-ignore lint/correctness/useExhaustiveDependencies: bars take the colour of the scheme.
  useEffect(() => {
    if (!canvas.current) return
    if (picture) drawPicture(canvas.current, values, shape)
    else drawBars(canvas.current, values)
  }, [values, shape, picture, scheme])
  return (
    <figure className={classes.preview}>
      <canvas ref={canvas} className={picture ? classes.picture : classes.bars} role="img" aria-label={label} />
      <figcaption>{label}</figcaption>
      {note !== undefined && <figcaption>{note}</figcaption>}
    </figure>
  )
}

/** Height × width × 1 or 3 channels, and at least two pixels each way. */
const isPicture = ([height = 0, width = 0, channels = 0, ...more]: readonly number[]): boolean =>
  more.length === 0 && height > 1 && width > 1 && (channels === 1 || channels === 3)

function drawPicture(canvas: HTMLCanvasElement, values: readonly number[], shape: readonly number[]): void {
  const [height = 1, width = 1, channels = 1] = shape
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) return
  const image = context.createImageData(width, height)
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) image.data[i * 4 + c] = 255 * (values[i * channels + (channels === 3 ? c : 0)] ?? 0)
    image.data[i * 4 + 3] = 255
  }
  context.putImageData(image, 0, 0)
}

function drawBars(canvas: HTMLCanvasElement, values: readonly number[]): void {
  canvas.width = 112
  canvas.height = 112
  const context = canvas.getContext('2d')
  if (!context) return
  context.fillStyle = resolver(canvas)('var(--nl-accent)')
  const each = canvas.width / values.length
  values.forEach((v, i) => {
    const height = Math.min(Math.max(v, 0), 1) * canvas.height
    context.fillRect(i * each, canvas.height - height, Math.max(each - (each > 3 ? 1 : 0), 0.5), height)
  })
}
