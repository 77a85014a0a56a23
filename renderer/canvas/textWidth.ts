const widths = new Map<string, number>()
let pen: CanvasRenderingContext2D | null = null

/** Width of a line of text in pixels; `font` is its weight and size, such as `600 13px`. */
export function textWidth(text: string, font: string): number {
  const key = `${font} ${text}`
  let width = widths.get(key)
  if (width === undefined) {
    pen ??= document.createElement('canvas').getContext('2d')
    if (!pen) return Number.POSITIVE_INFINITY
    pen.font = `${font} ${getComputedStyle(document.body).fontFamily}`
    width = pen.measureText(text).width
    widths.set(key, width)
  }
  return width
}
