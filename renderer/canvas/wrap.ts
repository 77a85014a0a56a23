/** Signs of East Asian scripts fill a square, and lines break between them. */
const isWide = (sign: string): boolean =>
  /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/.test(sign)
/** At 13 px, on the average. */
const widthOf = (sign: string): number => (isWide(sign) ? 13 : 6.8)

/** Breaks a text into lines of at most `width` pixels at 13 px: between words where there are any, else anywhere. */
export function wrapText(text: string, width: number): readonly string[] {
  return text.split(/\r\n|\r|\n/).flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    let used = 0
    for (const sign of paragraph) {
      const next = widthOf(sign)
      if (used + next > width && line) {
        const space = sign === ' ' || isWide(sign) ? line.length : line.lastIndexOf(' ')
        const rest = space > 0 ? line.slice(space + 1) : ''
        lines.push(space > 0 ? line.slice(0, space) : line)
        line = sign === ' ' ? '' : rest + sign
        used = [...line].reduce((sum, s) => sum + widthOf(s), 0)
        continue
      }
      line += sign
      used += next
    }
    return [...lines, line]
  })
}
