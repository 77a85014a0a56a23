import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { makeNode } from '#shared/graph/edits'
import { emptyGraph } from '#shared/graph/graph'
import type { Host, RequestName, Requests } from '#shared/host'
import { parseProject } from '#shared/project/parse'
import { err, ok } from '#shared/result'
import { useAsk } from '../../renderer/shell/ask'
import * as files from '../../renderer/shell/files'
import { memory } from '../../renderer/shell/memory'
import { restoreSession } from '../../renderer/shell/session'
import { emptyDocument, graphEdit, useDocument } from '../../renderer/store/document'
import { useFile } from '../../renderer/store/file'
import { useView } from '../../renderer/store/view'

/** A host with a workspace in memory and no dialogs. */
function fakeHost(saved = new Map<string, string>()) {
  const answers: { [K in RequestName]?: (args: Requests[K]['args']) => unknown } = {
    'app.info': () => ok({ version: '1', platform: 'linux', dialogs: false, workspace: '/w', locale: 'en' }),
    'file.saveAs': ({ name, text }) => {
      saved.set(`workspace:${name}`, text)
      return ok({ ref: `workspace:${name}`, name })
    },
    'file.save': ({ ref, text }) => {
      saved.set(ref, text)
      return ok({ ref, name: ref.slice('workspace:'.length) })
    },
    'file.read': ({ ref }) => {
      const text = saved.get(ref)
      return text === undefined ? err({ code: 'notFound', message: 'gone' }) : ok({ ref, name: ref, text })
    },
  }
  const host: Host = {
    async request(name, args) {
      return answers[name]?.(args) as Awaited<ReturnType<typeof host.request<typeof name>>>
    },
    on: () => () => {},
  }
  return { host, saved }
}

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (k: string) => kept.get(k) ?? null,
    setItem: (k: string, v: string) => kept.set(k, v),
    removeItem: (k: string) => kept.delete(k),
  })
  vi.stubGlobal('window', { addEventListener: () => {} })
  files.show(emptyDocument, null)
})
afterEach(() => vi.unstubAllGlobals())

const draw = (id: string) =>
  useDocument.getState().edit('add', graphEdit({ type: 'add', nodes: [makeNode('input', id)], edges: [], groups: [] }))
const drawn = () => useDocument.getState().document.graph.nodes.map((n) => n.id)

test('saving asks for a name once and writes to the same file from then on', async () => {
  const { host, saved } = fakeHost()
  draw('a')
  expect(await files.save(host)).toBe(false)
  expect(useView.getState().dialog).toBe('saveAs')
  expect(await files.saveUnder(host, 'My net')).toBe(true)
  expect(files.isUnsaved()).toBe(false)
  expect(useDocument.getState().document.name).toBe('My net')
  draw('b')
  expect(files.isUnsaved()).toBe(true)
  expect(await files.save(host)).toBe(true)
  const text = saved.get('workspace:My net.netloom') ?? ''
  const project = parseProject(text)
  expect(project.ok && project.value.graph.nodes.map((n) => n.id)).toEqual(['a', 'b'])
  expect(saved.size).toBe(1)
})

test('what is edited while a file is being written stays unsaved', async () => {
  const { host } = fakeHost()
  draw('a')
  const saving = files.saveUnder(host, 'net')
  draw('b')
  await saving
  expect(files.isUnsaved()).toBe(true)
})

test('unsaved changes are not thrown away unasked', async () => {
  const { host } = fakeHost()
  draw('a')
  const opening = files.openTemplate('lenet5', host)
  useAsk.getState().answer?.('cancel')
  await opening
  expect(drawn()).toEqual(['a'])
  const again = files.openTemplate('lenet5', host)
  useAsk.getState().answer?.('discard')
  await again
  expect(drawn().length).toBeGreaterThan(5)
  expect(useFile.getState().ref).toBeNull()
})

test('a text that is no project changes nothing', () => {
  draw('a')
  expect(files.openText('{"format":1}', null)).toBe(false)
  expect(drawn()).toEqual(['a'])
})

test('a new session opens the last file with what was not saved on top, as one step', async () => {
  const { host, saved } = fakeHost()
  draw('a')
  await files.saveUnder(host, 'net')
  draw('b')
  memory.keepDraft(useDocument.getState().document)
  useDocument.getState().open({ ...emptyDocument, graph: emptyGraph })
  useFile.setState({ ref: null })

  await restoreSession(fakeHost(saved).host)
  expect(drawn()).toEqual(['a', 'b'])
  expect(useFile.getState().ref).toBe('workspace:net.netloom')
  expect(files.isUnsaved()).toBe(true)
  useDocument.getState().undo()
  expect(drawn()).toEqual(['a'])
  expect(files.isUnsaved()).toBe(false)
})

test('a template is as clean after a reload as it was, and an edit of it is undone to it', async () => {
  const { host } = fakeHost()
  const reload = async () => {
    useDocument.getState().open(emptyDocument)
    await restoreSession(host)
  }
  await files.openTemplate('lenet5', host)
  const lenet = drawn()
  await reload()
  expect(drawn()).toEqual(lenet)
  expect(files.isUnsaved()).toBe(false)

  draw('more')
  memory.keepDraft(useDocument.getState().document)
  await reload()
  expect(drawn()).toEqual([...lenet, 'more'])
  expect(files.isUnsaved()).toBe(true)
  useDocument.getState().undo()
  expect(drawn()).toEqual(lenet)
  expect(files.isUnsaved()).toBe(false)

  await files.saveUnder(host, 'net')
  expect(memory.unfiled()).toBeNull()
})

test('a file that is gone and a damaged draft do not stop the start', async () => {
  memory.keepFile('workspace:gone.netloom')
  localStorage.setItem('netloom.draft', '{"format":')
  await restoreSession(fakeHost().host)
  expect(drawn()).toEqual([])
  expect(memory.file()).toBeNull()
})

test('names of files hold nothing that a file system refuses', () => {
  expect(files.fileNameOf('a/b: c?')).toBe('a-b- c-.netloom')
})
