import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { useEffect } from 'react'
import { useHost } from '../host'
import { droppedProject, openDropped } from './droppedProject'

/**
 * What is dropped where nothing else takes it: a project is opened; of any other file people are told where it belongs. Left to the
 * browser, a dropped file or link would be shown in place of the app.
 */
export function useFileDrops(): void {
  const host = useHost()
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer || isTextDrag(event)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = hasFiles(event.dataTransfer) ? 'copy' : 'none'
    }
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer || isTextDrag(event)) return
      event.preventDefault()
      const project = droppedProject(event.dataTransfer)
      if (project) void openDropped(host, project)
      else if (hasFiles(event.dataTransfer))
        notifications.show({ id: 'drop', message: i18next.t('app.file.dropElsewhere'), autoClose: 6000 })
    }
    window.addEventListener('dragover', over)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('drop', drop)
    }
  }, [host])
}

const hasFiles = (transfer: DataTransfer): boolean => transfer.types.includes('Files')
/** Text that is dragged into a field of text is the browser's affair. */
const isTextDrag = ({ dataTransfer, target }: DragEvent): boolean =>
  dataTransfer !== null &&
  !hasFiles(dataTransfer) &&
  target instanceof Element &&
  target.closest('input, textarea, [contenteditable]') !== null
