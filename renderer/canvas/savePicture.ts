import i18next from 'i18next'
import { fileNameOf, nameOf, offer } from '../shell/files'
import { useDocument } from '../store/document'
import { createFlow } from './flow'
import { pictureOf } from './picture'

const none: ReadonlySet<string> = new Set()

function draw(): string {
  const { document: project, inference } = useDocument.getState()
  const { graph } = project
  const style = getComputedStyle(document.documentElement)
  return pictureOf({
    graph,
    inference,
    flow: createFlow()(graph, none, none),
    color: (name) => style.getPropertyValue(name).trim(),
    costs: (params, macs) => i18next.t('app.canvas.costs', { params, macs }),
  })
}

const named = (extension: string): string =>
  fileNameOf(nameOf(useDocument.getState().document)).replace(/netloom$/, extension)

export const saveSvg = (): void => offer(named('svg'), new Blob([draw()], { type: 'image/svg+xml' }))

/** Larger pictures than this no browser draws, in pixels. */
const MAX_SIDE = 16_000

/** At twice the size of the drawing, smaller where it would not fit. */
export async function savePng(): Promise<void> {
  const url = URL.createObjectURL(new Blob([draw()], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const scale = Math.min(2, MAX_SIDE / Math.max(image.width, image.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.width * scale)
    canvas.height = Math.round(image.height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (blob) offer(named('png'), blob)
  } finally {
    URL.revokeObjectURL(url)
  }
}
