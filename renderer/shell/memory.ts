import type { FileRef } from '#shared/host'
import { parseProject } from '#shared/project/parse'
import type { Project } from '#shared/project/project'
import { serializeProject } from '#shared/project/serialize'

const FILE = 'netloom.file'
const DRAFT = 'netloom.draft'

/** What a reload of the page must not lose: which file was open, and what of it was not saved. */
export const memory = {
  file: (): FileRef | null => localStorage.getItem(FILE),
  keepFile(ref: FileRef | null): void {
    if (ref === null) localStorage.removeItem(FILE)
    else localStorage.setItem(FILE, ref)
  },
  /** Unsaved work of the last session; null also where it cannot be read. */
  draft(): Project | null {
    const text = localStorage.getItem(DRAFT)
    const project = text === null ? null : parseProject(text)
    return project?.ok ? project.value : null
  },
  keepDraft(project: Project | null): void {
    try {
      if (project === null) localStorage.removeItem(DRAFT)
      else localStorage.setItem(DRAFT, serializeProject(project))
    } catch {
      // The browser's store is full: the draft of a very large network is not kept. Saving to a file still works.
      localStorage.removeItem(DRAFT)
    }
  },
}
