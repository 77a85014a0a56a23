import { create } from 'zustand'
import type { FileRef } from '#shared/host'

interface FileState {
  /** The file that holds the document; null before it was saved. */
  readonly ref: FileRef | null
}

/** Where the document is kept. */
export const useFile = create<FileState>()(() => ({ ref: null }))
