import type { Confusion } from '#shared/training/run'
import { table } from './table'

/** The confusion matrix as text: rows are the true classes, with the share that was found (recall) at the end. */
export function showConfusion({ labels, counts }: Confusion): string {
  const rows = counts.map((row, truth) => {
    const total = row.reduce((a, b) => a + b, 0)
    const recall = total === 0 ? '–' : `${((100 * (row[truth] ?? 0)) / total).toFixed(1)} %`
    return [labels[truth] ?? String(truth), ...row.map((n) => (n === 0 ? '·' : String(n))), recall]
  })
  const align = ['left' as const, ...labels.map(() => 'right' as const), 'right' as const]
  return `${table(['true \\ predicted', ...labels, 'recall'], rows, align)}`
}
