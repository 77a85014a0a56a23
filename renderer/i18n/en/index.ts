import { app } from './app'
import { engines } from './engines'
import { results } from './results'
import { training } from './training'

/** Layers, blocks, templates and problems are English in their definitions: see `../names.ts` and `../problems.ts`. */
export const en = { app, training, results, engines }
