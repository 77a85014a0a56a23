import { Button } from '@mantine/core'

/** Takes the trained model away: opens the export dialog. */
export function ExportButton() {
  return (
    <Button size="compact-sm" variant="default" disabled>
      Export…
    </Button>
  )
}
