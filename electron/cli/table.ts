export type Align = 'left' | 'right'

/** Columns of text with a head; the widths follow the content. Right-aligned columns are for numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[] = [],
): string {
  const widths = widthsOf(head, rows)
  const line = (cells: readonly string[]) =>
    widths
      .map((w, c) => (align[c] === 'right' ? (cells[c] ?? '').padStart(w) : (cells[c] ?? '').padEnd(w)))
      .join(gap)
      .trimEnd()
  return [line(head), widths.map((w) => '─'.repeat(w)).join(gap), ...rows.map(line)].join('\n')
}
const gap = '  '

const widthsOf = (head: readonly string[], rows: readonly (readonly string[])[]): number[] =>
  head.map((title, c) => rows.reduce((max, cells) => Math.max(max, (cells[c] ?? '').length), title.length))

/**
 * A table at most `width` wide where that is possible: columns are left out in the order of `expendable`, then the first column is
 * shortened, to no less than 16.
 */
export function fitTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[],
  width: number,
  expendable: readonly number[],
): string {
  const excess = (columns: readonly number[]): number =>
    widthsOf(
      pick(head, columns),
      rows.map((r) => pick(r, columns)),
    ).reduce((sum, w) => sum + w + gap.length, -gap.length) - width
  let columns = head.map((_, c) => c)
  for (const c of expendable) if (excess(columns) > 0) columns = columns.filter((kept) => kept !== c)
  const [first = 0] = widthsOf(head, rows)
  const room = Math.max(first - Math.max(excess(columns), 0), 16)
  const clip = (text: string): string => (text.length > room ? `${text.slice(0, room - 1)}…` : text)
  const shortened = rows.map(([label = '', ...rest]) => pick([clip(label), ...rest], columns))
  return table(
    pick(head, columns),
    shortened,
    columns.map((c) => align[c] ?? 'left'),
  )
}

const pick = (cells: readonly string[], columns: readonly number[]): string[] => columns.map((c) => cells[c] ?? '')
