import { IconForms } from '@tabler/icons-react'
import { defineAction } from './action'
import { anySelected } from './selected'

export const INSPECTOR = 'inspector'

/** Goes to the first field of the selected layer. */
export const editField = defineAction({
  icon: IconForms,
  keys: ['enter'],
  enabled: anySelected,
  run() {
    document.getElementById(INSPECTOR)?.querySelector<HTMLElement>('form input, form button')?.focus()
  },
})
