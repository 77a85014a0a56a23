import { Button, Tooltip } from '@mantine/core'
import { IconPackageExport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isTrained } from '../runs/run'
import { useRuns } from '../store/run'
import { ExportDialog } from './ExportDialog'

/** Takes the trained model away: opens the export dialog. */
export function ExportButton() {
  const { t } = useTranslation()
  const trained = useRuns((s) => s.list.some(isTrained))
  const [open, setOpen] = useState(false)
  return (
    <>
      <Tooltip label={trained ? t('training.export.help') : t('training.export.nothing')}>
        <Button
          variant="default"
          leftSection={<IconPackageExport size={16} />}
          aria-disabled={!trained}
          {...(!trained && { 'data-disabled': true, 'aria-description': t('training.export.nothing') })}
          onClick={() => trained && setOpen(true)}
          data-testid="export"
        >
          {t('training.export.open')}
        </Button>
      </Tooltip>
      {open && <ExportDialog onClose={() => setOpen(false)} />}
    </>
  )
}
