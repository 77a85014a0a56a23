import { spotlight } from '@mantine/spotlight'
import { IconCommand } from '@tabler/icons-react'
import { defineAction } from './action'

export const commandPalette = defineAction({ icon: IconCommand, keys: ['mod+k'], run: () => spotlight.open() })
