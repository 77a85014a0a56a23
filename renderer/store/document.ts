import { create } from 'zustand'
import { applyEdits, type Edit } from '#shared/graph/edits'
import { emptyGraph, type Graph } from '#shared/graph/graph'
import { createInference, type Inference } from '#shared/graph/infer'
import type { Project } from '#shared/project/project'
import { defaultTraining, type TrainingConfig } from '#shared/training/config'

/** The undoable part of the state: what is saved in a project file. */
export interface Document {
  readonly name: string
  readonly graph: Graph
  readonly training: TrainingConfig
  readonly data: string
}
/** What an edit may change. */
export type Recipe = (d: Document) => Document

interface Step {
  /** i18n key of what was done, for the history and the undo tooltip. */
  readonly label: string
  readonly before: Document
}

export interface DocumentState {
  readonly document: Document
  readonly undoSteps: readonly Step[]
  readonly redoSteps: readonly { readonly label: string; readonly after: Document }[]
  /** Set while a drag or a slider is under way: the document before it. */
  readonly previewFrom: Document | null
  /** The document as last saved or opened, to tell unsaved changes. */
  readonly saved: Document
  readonly inference: Inference
  /** Records one undo step. A recipe that changes nothing records none. */
  edit(label: string, recipe: Recipe): void
  /** Shows a change without recording it; `commit` makes all since the first preview one step, `cancel` takes it back. */
  preview(recipe: Recipe): void
  commit(label: string): void
  cancel(): void
  undo(): void
  redo(): void
  /** Replaces everything, with a new history. */
  open(project: Project): void
  markSaved(): void
}

export const emptyDocument: Document = { name: '', graph: emptyGraph, training: defaultTraining, data: 'digits' }
const MAX_STEPS = 500

const engine = createInference()

export const useDocument = create<DocumentState>()((set, get) => {
  const show = (document: Document) => ({ document, inference: engine.update(document.graph) })
  const record = (label: string, before: Document, document: Document) =>
    set((s) => ({
      ...show(document),
      undoSteps: [...s.undoSteps.slice(1 - MAX_STEPS), { label, before }],
      redoSteps: [],
      previewFrom: null,
    }))
  return {
    ...show(emptyDocument),
    undoSteps: [],
    redoSteps: [],
    previewFrom: null,
    saved: emptyDocument,
    edit(label, recipe) {
      get().cancel()
      const { document } = get()
      const next = recipe(document)
      if (next !== document) record(label, document, next)
    },
    preview(recipe) {
      const { document, previewFrom } = get()
      set({ ...show(recipe(document)), previewFrom: previewFrom ?? document })
    },
    commit(label) {
      const { document, previewFrom } = get()
      if (!previewFrom) return
      if (previewFrom === document) set({ previewFrom: null })
      else record(label, previewFrom, document)
    },
    cancel() {
      const { previewFrom } = get()
      if (previewFrom) set({ ...show(previewFrom), previewFrom: null })
    },
    undo() {
      get().cancel()
      const { document, undoSteps, redoSteps } = get()
      const step = undoSteps.at(-1)
      if (!step) return
      set({
        ...show(step.before),
        undoSteps: undoSteps.slice(0, -1),
        redoSteps: [...redoSteps, { label: step.label, after: document }],
      })
    },
    redo() {
      const { document, undoSteps, redoSteps } = get()
      const step = redoSteps.at(-1)
      if (!step) return
      set({
        ...show(step.after),
        undoSteps: [...undoSteps, { label: step.label, before: document }],
        redoSteps: redoSteps.slice(0, -1),
      })
    },
    open(project) {
      const { name, graph, training, data } = project
      const document = { name, graph, training, data }
      set({ ...show(document), undoSteps: [], redoSteps: [], previewFrom: null, saved: document })
    },
    markSaved: () => set((s) => ({ saved: s.document })),
  }
})

/** The recipe that applies edits to the graph. */
export const graphEdit =
  (...edits: readonly Edit[]): Recipe =>
  (d) => {
    const graph = applyEdits(d.graph, edits)
    return graph === d.graph ? d : { ...d, graph }
  }
