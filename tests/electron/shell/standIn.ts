import { EventEmitter } from 'node:events'

type Handler = (...args: readonly unknown[]) => unknown

/** What the tests need of a web page: events, and what the shell decided about new windows. */
export class Contents extends EventEmitter {
  readonly sent: unknown[][] = []
  openHandler: () => { action: string } = () => ({ action: 'allow' })
  setWindowOpenHandler(handler: () => { action: string }) {
    this.openHandler = handler
  }
  send(...args: unknown[]) {
    this.sent.push(args)
  }
}

/**
 * A stand-in for the `electron` module: it records what the shell sets up, and lets a test play the operating system. The real thing
 * needs a binary and a screen.
 */
export function createStandIn(userData = '/nonexistent') {
  const windows: Window[] = []
  class Window extends EventEmitter {
    static getAllWindows = () => windows
    static getFocusedWindow = () => windows[0]
    readonly webContents = new Contents()
    shown = false
    url = ''
    maximized = false
    bounds = { x: 10, y: 20, width: 1200, height: 800 }
    constructor(
      readonly options: { webPreferences: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>,
    ) {
      super()
      windows.push(this)
      app.emit('web-contents-created', {}, this.webContents)
    }
    async loadURL(url: string) {
      this.url = url
      this.emit('ready-to-show')
    }
    show() {
      this.shown = true
    }
    maximize() {
      this.maximized = true
    }
    isMaximized = () => this.maximized
    getNormalBounds = () => this.bounds
    isMinimized = () => false
    focus = () => {}
  }
  const app = Object.assign(new EventEmitter(), {
    requestSingleInstanceLock: () => true,
    whenReady: async () => {},
    getLocale: () => 'zh-CN',
    getPath: () => userData,
    quits: 0,
    quit() {
      this.quits++
    },
    exit: () => {},
  })
  const ipc = new Map<string, Handler>()
  const schemes: { scheme: string }[] = []
  const protocols = new Map<string, (request: { url: string }) => Promise<Response>>()
  const permissions: { request: Handler; check: Handler } = { request: () => {}, check: () => true }
  const answers: { box: number; open: string[]; save: string } = { box: 0, open: [], save: '' }
  return {
    windows,
    ipc,
    schemes,
    protocols,
    permissions,
    answers,
    module: {
      app,
      BrowserWindow: Window,
      dialog: {
        showMessageBoxSync: () => answers.box,
        showOpenDialog: async () => ({ filePaths: answers.open }),
        showSaveDialog: async () => ({ filePath: answers.save }),
      },
      ipcMain: { handle: (channel: string, handler: Handler) => ipc.set(channel, handler) },
      Menu: { setApplicationMenu: () => {}, buildFromTemplate: () => ({}) },
      protocol: {
        registerSchemesAsPrivileged: (list: { scheme: string }[]) => schemes.push(...list),
        handle: (scheme: string, handler: (request: { url: string }) => Promise<Response>) =>
          protocols.set(scheme, handler),
      },
      screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
      session: {
        defaultSession: {
          setPermissionRequestHandler: (handler: Handler) => {
            permissions.request = handler
          },
          setPermissionCheckHandler: (handler: Handler) => {
            permissions.check = handler
          },
        },
      },
    },
  }
}
