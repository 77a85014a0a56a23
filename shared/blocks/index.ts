import type { BlockDef } from './block'
import { residual } from './residual'

const registry = { residual }

export type BlockType = keyof typeof registry
export const blocks: Readonly<Record<BlockType, BlockDef>> = registry
export const blockTypes = Object.keys(registry) as BlockType[]
