/** The data sets that come with the product, by the reference that names them. */
export const builtInData = ['digits', 'shapes', 'spirals', 'curve', 'sequences'] as const
export type BuiltInData = (typeof builtInData)[number]
/** Other names for them. */
const aliases: Readonly<Record<string, BuiltInData>> = { regression: 'curve' }

/** The built-in set that a reference names; null where it names none. */
export const builtInOf = (spec: string): BuiltInData | null =>
  builtInData.find((name) => name === spec) ?? (Object.hasOwn(aliases, spec) ? (aliases[spec] ?? null) : null)
