import { type Difference, differences as differencesOf } from '#shared/training/differences'
import type { Run } from './run'

/** What two or more runs were trained with otherwise. */
export const differences = (runs: readonly Run[]): readonly Difference[] =>
  differencesOf(
    runs.map(({ project, started, summary: { data, engine } }) => ({
      project,
      data,
      engine,
      parameters: started?.parameters ?? null,
    })),
  )
