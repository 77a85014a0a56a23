import type { DataSet } from './dataSet'

/** What the places along the last axis are called: columns, one for each text that a column may hold, or channels. */
export function placesOf({ inputShape, table }: DataSet): readonly string[] {
  const channels = inputShape.at(-1) ?? 1
  if (inputShape.length > 1) return channels === 3 ? ['red', 'green', 'blue'] : channels === 1 ? ['grey'] : []
  return table?.columns.flatMap(({ name, texts }) => texts?.map((text) => `${name}: ${text}`) ?? [name]) ?? []
}
