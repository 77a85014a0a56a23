import i18next from 'i18next'
import { fail } from './files'

/** Puts text on the clipboard; says so, and returns false, where the browser does not allow it. */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    fail(i18next.t('app.canvas.clipboardClosed'))
    return false
  }
}
