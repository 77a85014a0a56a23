/** The outputs of a sample as one row, channels last. */
export const flat = (layout: string, shape: readonly number[], y: string): string =>
  shape.length < 2 ? y : layout === 'first' ? `${y}.movedim(1, -1).flatten(1)` : `${y}.flatten(1)`
