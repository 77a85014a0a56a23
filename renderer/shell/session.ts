import type { FileRef, Host } from '#shared/host'
import { useDocument } from '../store/document'
import { useView } from '../store/view'
import { fail, isUnsaved, openText, show } from './files'
import { memory } from './memory'

/** How long after an edit the draft is written. */
const DRAFT_MS = 400

/**
 * Brings back what the last session left: its file, or what was opened that is none, and on top of it, as one undoable step, what was not
 * saved. From then on unsaved work is kept as a draft. Call once.
 */
export async function restoreSession(host: Host): Promise<void> {
  const draft = memory.draft()
  const ref = memory.file()
  const unfiled = memory.unfiled()
  if (ref !== null && !(await reopen(host, ref))) memory.keepFile(null)
  if (ref === null && unfiled) show(unfiled, null)
  if (draft) {
    useDocument.getState().edit('restoreDraft', () => draft)
    useView.setState((v) => ({ opened: v.opened + 1 }))
  }
  keepDrafts()
}

async function reopen(host: Host, ref: FileRef): Promise<boolean> {
  const file = await host.request('file.read', { ref })
  if (file.ok) return openText(file.value.text, file.value.ref)
  // A leave to read that ended with the last session is nothing to be told of.
  if (file.error.code !== 'notAllowed') fail(file.error.message)
  return false
}

function keepDrafts(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  useDocument.subscribe((s, before) => {
    if (s.document === before.document && s.saved === before.saved) return
    clearTimeout(timer)
    timer = setTimeout(keepDraft, DRAFT_MS)
  })
  window.addEventListener('pagehide', keepDraft)
  window.addEventListener('beforeunload', (event) => {
    if (isUnsaved()) event.preventDefault()
  })
}

const keepDraft = (): void => memory.keepDraft(isUnsaved() ? useDocument.getState().document : null)
