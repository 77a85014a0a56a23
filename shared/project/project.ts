import type { Graph } from '../graph/graph'
import type { TrainingConfig } from '../training/config'

/** What a `.netloom` file holds. */
export interface Project {
  readonly name: string
  readonly graph: Graph
  readonly training: TrainingConfig
  /** Data-set reference: `digits`, or `csv:<path>?option=value`; see docs/data.md. Empty: none chosen yet. */
  readonly data: string
}

/** The newest file format that this version reads and the one that it writes. */
export const FORMAT = 2
