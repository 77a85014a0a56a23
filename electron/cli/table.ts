export type Align = 'left' | 'right'

/** Columns of text with a head; the widths follow the content. Right-aligned columns are for numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[] = [],
): string {
  const lines = [head, ...rows]
  const widths = head.map((_, c) => Math.max(...lines.map((cells) => (cells[c] ?? '').length)))
  const line = (cells: readonly string[]) =>
    widths
      .map((w, c) => (align[c] === 'right' ? (cells[c] ?? '').padStart(w) : (cells[c] ?? '').padEnd(w)))
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((w) => '─'.repeat(w)).join('  '), ...rows.map(line)].join('\n')
}
