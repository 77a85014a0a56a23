import { useEffect } from 'react'
import { deleteSelected } from '../actions/deleteSelection'
import { useView } from '../store/view'
import { pasteText, selectionAsText } from './clipboard'

/** Ctrl+C, X and V as the browser's own events: they work without asking for permission. */
export function useClipboard(): void {
  useEffect(() => {
    const isOurs = (): boolean => {
      const focused = document.activeElement
      const typing = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement
      return !typing && (document.getSelection()?.isCollapsed ?? true)
    }
    const onCopy = (event: ClipboardEvent): boolean => {
      if (!isOurs() || useView.getState().selection.size === 0) return false
      event.clipboardData?.setData('text/plain', selectionAsText())
      event.preventDefault()
      return true
    }
    const onCut = (event: ClipboardEvent) => {
      if (onCopy(event)) deleteSelected()
    }
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain')
      if (!isOurs() || !text) return
      event.preventDefault()
      pasteText(text)
    }
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCut)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCut)
      document.removeEventListener('paste', onPaste)
    }
  }, [])
}
