import { IconForms } from '@tabler/icons-react'
import { commentOfFlowId } from '../canvas/comments'
import { useView } from '../store/view'
import { defineAction } from './action'
import { anySelected } from './selected'

export const INSPECTOR = 'inspector'

/** Goes to the first field of the selected layer; a comment is written in place. */
export const editField = defineAction({
  icon: IconForms,
  keys: ['enter'],
  enabled: anySelected,
  run() {
    const [first] = useView.getState().selection
    const comment = commentOfFlowId(first ?? '')
    if (comment !== null) {
      useView.setState({ editing: comment })
      return
    }
    document.getElementById(INSPECTOR)?.querySelector<HTMLElement>('form input, form button')?.focus()
  },
})
