import { app } from './app'
import { results } from './results'
import { training } from './training'

/** Layers, blocks, templates and problems are English in their definitions: see `../names.ts` and `../problems.ts`. */
export const en = { app, training, results }
