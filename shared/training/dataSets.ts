/** The data sets that come with the product, by the reference that names them. */
export const builtInData = ['digits', 'shapes', 'spirals', 'curve', 'sequences'] as const
export type BuiltInData = (typeof builtInData)[number]
export const isBuiltIn = (spec: string): spec is BuiltInData => builtInData.some((name) => name === spec)
