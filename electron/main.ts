import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain, Menu, protocol, screen, session } from 'electron'
import { EVENT, REQUEST } from './channels'
import { nativeDialogs } from './dialogs'
import { dispatch } from './host/dispatch'
import { fail } from './host/errors'
import { createHost, type HostCore } from './host/host'
import { preloadFile, rendererFolder, trainerEntry } from './paths'
import { securityHeaders } from './server/security'
import { listFiles } from './server/static'
import { createTrainer } from './trainer/client'
import { MIN_SIZE, placeWindow, readWindowState, rememberWindow } from './windowState'

/** The Electron shell: one window over the host. The page comes from a scheme of its own, so that it has an origin and headers. */
const SCHEME = 'netloom'
const ORIGIN = `${SCHEME}://app`

if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  // Until the host is there, a file that is to be opened waits.
  let early = projectIn(process.argv)
  let give = (path: string): void => {
    early = path
  }
  app.on('second-instance', (_event, argv) => {
    const window = BrowserWindow.getAllWindows()[0]
    if (window?.isMinimized()) window.restore()
    window?.focus()
    const path = projectIn(argv)
    if (path !== null) give(path)
  })
  // macOS tells of a double-click on a file this way, elsewhere it is an argument.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    give(path)
  })
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-prevent-unload', (event) => {
      // The page holds unsaved work; preventing the event means leaving all the same.
      if (dialog.showMessageBoxSync(unsavedQuestion) === unsavedQuestion.buttons.indexOf(DISCARD))
        event.preventDefault()
    })
  })
  app.on('window-all-closed', () => app.quit())
  app
    .whenReady()
    .then(open)
    .then((host) => {
      give = (path) => void host.give(path)
      if (early !== null) give(early)
    })
    .catch((error: unknown) => {
      console.error(error)
      app.exit(1)
    })
}

/** The project file among the arguments of a start. */
function projectIn(argv: readonly string[]): string | null {
  return argv.slice(1).find((a) => a.endsWith('.netloom')) ?? null
}

const DISCARD = 'Close without saving'
const unsavedQuestion = {
  type: 'warning' as const,
  message: 'This project has changes that are not saved.',
  buttons: ['Keep working', DISCARD],
  defaultId: 0,
  cancelId: 0,
}

async function open(): Promise<HostCore> {
  const host = createHost({
    workspace: process.env.NETLOOM_WORKSPACE ?? join(homedir(), 'Netloom'),
    trainer: createTrainer({ entry: trainerEntry }),
    dialogs: nativeDialogs(),
    locale: app.getLocale(),
    memory: join(app.getPath('userData'), 'files.json'),
  })
  const headers = securityHeaders("'self'")
  const files = listFiles(rendererFolder)
  protocol.handle(SCHEME, async (request) => {
    const file = request.url.startsWith(`${ORIGIN}/`) && files.get(new URL(request.url).pathname)
    if (!file) return new Response('There is no such file.', { status: 404, headers })
    return new Response(await readFile(file.path), { headers: { ...headers, 'Content-Type': file.type } })
  })
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.defaultSession.setPermissionCheckHandler(() => false)

  ipcMain.handle(REQUEST, (event, name: unknown, args: unknown) =>
    fromOurPage(event) ? dispatch(host.handlers, String(name), args) : fail('notAllowed', 'foreignSender', {}),
  )
  host.events.listen((name, payload) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(EVENT, name, payload)
  })

  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    // A run under way finishes its step and writes a checkpoint before the app goes.
    event.preventDefault()
    closed = true
    host.close().finally(() => app.quit())
  })
  // macOS has its menu bar outside the window and copies and pastes through it; elsewhere the window has everything.
  Menu.setApplicationMenu(
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  )
  await createWindow()
  return host
}

/** Only the top frame of our own page: not a frame within it, not a page that got there by other ways. */
const fromOurPage = (event: IpcMainInvokeEvent): boolean =>
  event.senderFrame !== null && event.senderFrame.parent === null && event.senderFrame.url.startsWith(`${ORIGIN}/`)

async function createWindow(): Promise<void> {
  const stateFile = join(app.getPath('userData'), 'window.json')
  const state = readWindowState(stateFile)
  const screens = screen.getAllDisplays().map((d) => d.workArea)
  const window = new BrowserWindow({
    ...placeWindow(state, screens),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: 'Netloom',
    webPreferences: { preload: preloadFile, contextIsolation: true, sandbox: true, nodeIntegration: false },
  })
  rememberWindow(window, stateFile)
  window.once('ready-to-show', () => {
    if (state?.maximized) window.maximize()
    window.show()
  })
  await window.loadURL(`${ORIGIN}/`)
}
