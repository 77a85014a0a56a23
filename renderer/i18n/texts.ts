/** The shape of a table of texts with the texts left open: what a translation must have, key by key. */
export type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> }
