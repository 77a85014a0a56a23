import { z } from 'zod'
import { create } from 'zustand'
import { remember, remembered } from './remembered'

export const drawerTabs = ['data', 'train', 'runs', 'results'] as const
export type DrawerTab = (typeof drawerTabs)[number]
/** What colours the nodes. */
export const heats = ['none', 'params', 'macs', 'activations', 'receptiveField'] as const
export type Heat = (typeof heats)[number]
export type Dialog = 'open' | 'saveAs' | 'shortcuts' | 'compare' | 'nameBlock' | 'engines'

interface ViewState {
  /** Flow ids: a layer's id, or a group's as `groupFlowId` writes it. */
  readonly selection: ReadonlySet<string>
  /** Flow ids of the selected wires. */
  readonly wires: ReadonlySet<string>
  /** How the panels stand is kept by the browser. */
  readonly drawer: { readonly open: boolean; readonly tab: DrawerTab; readonly height: number }
  readonly paletteFolded: boolean
  readonly dialog: Dialog | null
  readonly heat: Heat
  /** Layers snap to a grid while they are dragged; kept by the browser. */
  readonly snap: boolean
  /** Flow id of the wire that a piece is held over. */
  readonly dropWire: string | null
  /** The comment that is being written in. */
  readonly editing: string | null
  /** Counts how often a document was opened: the canvas then shows its start. */
  readonly opened: number
  select(ids: Iterable<string>): void
  selectWires(ids: Iterable<string>): void
  showDrawer(tab: DrawerTab): void
  setDrawer(change: Partial<ViewState['drawer']>): void
  foldPalette(folded: boolean): void
  showDialog(dialog: Dialog | null): void
  setHeat(heat: Heat): void
  setSnap(snap: boolean): void
}

const SNAP = 'netloom.snap'
const DRAWER = 'netloom.drawer'
const PALETTE = 'netloom.paletteFolded'
const drawerSchema = z.object({ open: z.boolean(), tab: z.enum(drawerTabs), height: z.number().positive() })
/** A third of the window, in pixels, but no less than curves need. */
const usualHeight = () => Math.max(300, Math.round((globalThis.innerHeight ?? 900) / 3))

/** What the window shows: never saved with the project, never undone. */
export const useView = create<ViewState>()((set, get) => ({
  selection: new Set(),
  wires: new Set(),
  drawer: remembered(DRAWER, drawerSchema) ?? { open: false, tab: 'data', height: usualHeight() },
  paletteFolded: remembered(PALETTE, z.boolean()) ?? false,
  dialog: null,
  heat: 'none',
  snap: remembered(SNAP, z.boolean()) ?? false,
  dropWire: null,
  editing: null,
  opened: 0,
  select: (ids) => set({ selection: new Set(ids), wires: new Set() }),
  selectWires: (ids) => set({ wires: new Set(ids) }),
  showDrawer: (tab) => get().setDrawer({ open: true, tab }),
  setDrawer: (change) => {
    const drawer = { ...get().drawer, ...change }
    remember(DRAWER, drawer)
    set({ drawer })
  },
  foldPalette: (paletteFolded) => {
    remember(PALETTE, paletteFolded)
    set({ paletteFolded })
  },
  showDialog: (dialog) => set({ dialog }),
  setHeat: (heat) => set({ heat }),
  setSnap: (snap) => {
    remember(SNAP, snap)
    set({ snap })
  },
}))
