import { create } from 'zustand'

/** What is seen of a run: how its training went, what it says about a sample, how good it is on others. */
export type ResultsView = 'figures' | 'try' | 'evaluate'

interface ResultsViewState {
  /** Stays while one looks at another run or tab. */
  readonly view: ResultsView
  setView(view: ResultsView): void
}

export const useResultsView = create<ResultsViewState>()((set) => ({
  view: 'figures',
  setView: (view) => set({ view }),
}))
