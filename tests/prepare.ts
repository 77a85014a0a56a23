import { prepare } from '../bin/prepare.mjs'

/** Builds the product once, should the sources have changed. */
export const setup = prepare
