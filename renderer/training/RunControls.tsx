import { Button } from '@mantine/core'

/** Train, Stop and the choice of the engine, for the top bar. */
export function RunControls() {
  return (
    <Button size="compact-sm" disabled>
      Train
    </Button>
  )
}
