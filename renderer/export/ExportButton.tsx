import { Button } from '@mantine/core'
import { IconPackageExport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ExportDialog } from './ExportDialog'

/** Takes the network away, trained or as it is drawn: opens the export dialog. */
export function ExportButton() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        data-tip={t('training.export.help')}
        variant="default"
        leftSection={<IconPackageExport size={16} />}
        onClick={() => setOpen(true)}
        data-testid="export"
      >
        {t('training.export.open')}
      </Button>
      {open && <ExportDialog onClose={() => setOpen(false)} />}
    </>
  )
}
