import { create } from 'zustand'

export type DrawerTab = 'data' | 'train' | 'runs' | 'results'

interface ViewState {
  readonly selection: ReadonlySet<string>
  readonly drawer: { readonly open: boolean; readonly tab: DrawerTab; readonly height: number }
  select(ids: Iterable<string>): void
  showDrawer(tab: DrawerTab): void
  setDrawer(change: Partial<ViewState['drawer']>): void
}

/** What the window shows: never saved with the project, never undone. */
export const useView = create<ViewState>()((set) => ({
  selection: new Set(),
  drawer: { open: false, tab: 'data', height: 300 },
  select: (ids) => set({ selection: new Set(ids) }),
  showDrawer: (tab) => set((s) => ({ drawer: { ...s.drawer, open: true, tab } })),
  setDrawer: (change) => set((s) => ({ drawer: { ...s.drawer, ...change } })),
}))
