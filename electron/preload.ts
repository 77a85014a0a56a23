import { contextBridge, ipcRenderer } from 'electron'
import type { Host } from '#shared/host'
import { EVENT, REQUEST } from './channels'

/** All that the page gets of Electron: the two functions of the host contract. */
const bridge: Host = {
  request: (name, args) => ipcRenderer.invoke(REQUEST, name, args),
  on(name, listener) {
    const forward = (_event: unknown, sent: string, payload: Parameters<typeof listener>[0]) => {
      if (sent === name) listener(payload)
    }
    ipcRenderer.on(EVENT, forward)
    return () => ipcRenderer.off(EVENT, forward)
  },
}
contextBridge.exposeInMainWorld('netloom', bridge)
