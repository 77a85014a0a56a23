import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { defaultsOf } from '#shared/fields'
import type { FileRef, Host, HostError, Requests } from '#shared/host'
import { parseProject, showProjectError } from '#shared/project/parse'
import type { Project } from '#shared/project/project'
import { serializeProject } from '#shared/project/serialize'
import type { Result } from '#shared/result'
import { type TemplateName, templates } from '#templates/index'
import { drawTemplate } from '#templates/template'
import { failureMessage } from '../i18n/failures'
import { type Document, emptyDocument, useDocument } from '../store/document'
import { useFile } from '../store/file'
import { useView } from '../store/view'
import { askUnsaved } from './ask'
import { memory } from './memory'

/** Shows a message of the host or of a reader of projects. */
export const fail = (message: string): void => {
  notifications.show({
    color: 'red',
    title: i18next.t('app.file.failed'),
    message: failureMessage(message),
    autoClose: 8000,
  })
}

export const isUnsaved = (): boolean => {
  const { document, saved } = useDocument.getState()
  return document !== saved
}
/** What the document is called; unnamed ones as the interface calls them. */
export const nameOf = (d: Document): string => d.name || i18next.t('app.file.untitled')
/** A name that every file system takes. */
export const fileNameOf = (name: string): string => `${name.replace(/[\\/:*?"<>|]/g, '-').trim()}.netloom`

/** Shows a project in place of the present one. */
export function show(project: Project, ref: FileRef | null): void {
  useDocument.getState().open(project)
  useFile.setState({ ref })
  memory.keepFile(ref)
  memory.keepUnfiled(ref === null ? project : null)
  useView.setState((s) => ({ selection: new Set(), wires: new Set(), opened: s.opened + 1 }))
}

/** Offers to save unsaved changes. False: stay. */
export async function leave(host: Host): Promise<boolean> {
  if (!isUnsaved()) return true
  const answer = await askUnsaved()
  if (answer === 'save') return save(host)
  return answer === 'discard'
}

export async function newDocument(host: Host): Promise<void> {
  if (await leave(host)) show(emptyDocument, null)
}

/** Opens a template as a new, unsaved document. */
export async function openTemplate(name: TemplateName, host: Host): Promise<void> {
  if (!(await leave(host))) return
  const template = templates[name]
  const graph = drawTemplate(template, defaultsOf(template.fields))
  show({ ...emptyDocument, name: template.label, graph }, null)
}

/** Opens the text of a project file; false where it is none. */
export function openText(text: string, ref: FileRef | null): boolean {
  const project = parseProject(text)
  if (project.ok) show(project.value, ref)
  else fail(showProjectError(project.error))
  return project.ok
}

/** Asks with the system's dialog where there is one, else with our own. */
export async function open(host: Host): Promise<void> {
  if (!(await leave(host))) return
  const info = await host.request('app.info', {})
  if (!info.ok) return fail(info.error.message)
  if (!info.value.dialogs) return useView.getState().showDialog('open')
  const file = await host.request('file.open', {})
  if (!file.ok) fail(file.error.message)
  else if (file.value) openText(file.value.text, file.value.ref)
}

export async function openRef(host: Host, ref: FileRef): Promise<boolean> {
  const file = await host.request('file.read', { ref })
  if (file.ok) return openText(file.value.text, file.value.ref)
  fail(file.error.message)
  return false
}

/** False where nothing was saved (yet): our own dialog asks for the name where the system has none. */
export async function save(host: Host): Promise<boolean> {
  const { ref } = useFile.getState()
  return ref === null ? saveAs(host) : saveTo(host, ref)
}

export async function saveAs(host: Host): Promise<boolean> {
  const info = await host.request('app.info', {})
  if (!info.ok) {
    fail(info.error.message)
    return false
  }
  if (info.value.dialogs) return saveUnder(host, nameOf(useDocument.getState().document))
  useView.getState().showDialog('saveAs')
  return false
}

/** Replaces a file. */
export function saveTo(host: Host, ref: FileRef): Promise<boolean> {
  const { document } = useDocument.getState()
  return finish(document, host.request('file.save', { ref, text: serializeProject(document) }))
}

/** Writes a new file; the host takes another name where this one is taken. An unnamed network gets the name of its file. */
export function saveUnder(host: Host, name: string): Promise<boolean> {
  if (!useDocument.getState().document.name) useDocument.getState().edit('renameNetwork', (d) => ({ ...d, name }))
  const { document } = useDocument.getState()
  return finish(document, host.request('file.saveAs', { name: fileNameOf(name), text: serializeProject(document) }))
}

type Saved = Result<Requests['file.saveAs']['result'], HostError>

async function finish(document: Document, request: Promise<Saved>): Promise<boolean> {
  const result = await request
  if (!result.ok) fail(result.error.message)
  if (!result.ok || result.value === null) return false
  // What was edited while the file was being written is not saved.
  useDocument.setState({ saved: document })
  useFile.setState({ ref: result.value.ref })
  memory.keepFile(result.value.ref)
  memory.keepUnfiled(null)
  notifications.show({ message: i18next.t('app.file.saved', { name: result.value.name }), autoClose: 2500 })
  return true
}

/** Hands a file over as the browser's download. */
export function offer(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}

export function download(): void {
  const { document: project } = useDocument.getState()
  offer(fileNameOf(nameOf(project)), new Blob([serializeProject(project)], { type: 'application/json' }))
}
