import { type Host, MAX_TEXT } from '#shared/host'
import { failure } from '#shared/training/failures'
import { fail, leave, openText } from './files'

/** The project file among what was dropped. Places that take other files leave it to the window. */
export const droppedProject = (transfer: DataTransfer): File | undefined =>
  [...transfer.files].find((file) => file.name.toLowerCase().endsWith('.netloom'))

/** Shows it in place of the present network, once that is safe. It has no path here: saving asks for a name. */
export async function openDropped(host: Host, file: File): Promise<void> {
  const { name, size } = file
  if (size > MAX_TEXT) return fail(failure('projectTooLarge', { name, size, max: MAX_TEXT }))
  // A folder cannot be read, nor a file that is gone by now.
  const text = await file.text().catch(() => null)
  if (text === null) return fail(failure('openGone', { file: JSON.stringify(name) }))
  if (await leave(host)) openText(text, null)
}
