import type { FileRef } from '#shared/host'
import { parseProject } from '#shared/project/parse'
import type { Project } from '#shared/project/project'
import { serializeProject } from '#shared/project/serialize'

const FILE = 'netloom.file'
const UNFILED = 'netloom.unfiled'
const DRAFT = 'netloom.draft'

/** What a reload of the page must not lose: what was open, and what of it was not saved. */
export const memory = {
  file: (): FileRef | null => localStorage.getItem(FILE),
  keepFile(ref: FileRef | null): void {
    if (ref === null) localStorage.removeItem(FILE)
    else localStorage.setItem(FILE, ref)
  },
  /** What was opened that is no file of ours, as it was opened: a template, an uploaded network. */
  unfiled: (): Project | null => read(UNFILED),
  keepUnfiled: (project: Project | null): void => keep(UNFILED, project),
  /** Unsaved work of the last session. */
  draft: (): Project | null => read(DRAFT),
  keepDraft: (project: Project | null): void => keep(DRAFT, project),
}

/** Null also where it cannot be read. */
function read(key: string): Project | null {
  const text = localStorage.getItem(key)
  const project = text === null ? null : parseProject(text)
  return project?.ok ? project.value : null
}

function keep(key: string, project: Project | null): void {
  try {
    if (project === null) localStorage.removeItem(key)
    else localStorage.setItem(key, serializeProject(project))
  } catch {
    // The browser's store is full: a very large network is not kept. Saving to a file still works.
    localStorage.removeItem(key)
  }
}
