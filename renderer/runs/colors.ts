/** Hues of the tokens that colour-blind eyes tell apart when they follow each other. */
const hues = ['convolution', 'activation', 'pooling', 'merge', 'dense', 'regularization', 'normalization', 'io']
const dashes: readonly (readonly number[] | undefined)[] = [undefined, [6, 4], [2, 3]]

/** The colour of the i-th of several runs; beyond eight they repeat with another dash. */
export const runColor = (i: number): string => `var(--nl-${hues[Math.max(i, 0) % hues.length]})`
export const runDash = (i: number): readonly number[] | undefined => dashes[Math.floor(i / hues.length) % dashes.length]
