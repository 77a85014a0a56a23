import { BrowserWindow, dialog, type OpenDialogOptions, type BrowserWindow as Window } from 'electron'
import type { Dialogs } from './host/dialogs'

const projects = [{ name: 'Netloom project', extensions: ['netloom'] }]
/** Files of MNIST's format have no extension of their own. */
const data = [
  { name: 'Data', extensions: ['csv', 'tsv', 'txt', 'data', 'npy', 'npz', 'bin', 'gz', '*'] },
  { name: 'All files', extensions: ['*'] },
]

/** The system's own dialogs, above the window that is in front. */
export function nativeDialogs(): Dialogs {
  const front = (): Window | undefined => BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  const choose = async (options: OpenDialogOptions): Promise<string | null> => {
    const window = front()
    const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
    return filePaths[0] ?? null
  }
  return {
    openProject: () => choose({ properties: ['openFile'], filters: projects }),
    openData: (what) =>
      choose(what === 'folder' ? { properties: ['openDirectory'] } : { properties: ['openFile'], filters: data }),
    chooseFolder: () => choose({ properties: ['openDirectory', 'createDirectory'] }),
    async saveProject(name) {
      const window = front()
      const options = { defaultPath: name, filters: projects }
      const { filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
      // A dialog that was cancelled gives an empty path.
      return filePath || null
    },
  }
}
