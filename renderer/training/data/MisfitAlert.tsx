import { Alert, Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DataSummary } from '#shared/training/run'
import { graphEdit, useDocument } from '../../store/document'
import classes from './data.module.css'
import { type Misfit, misfits } from './fit'

/** Says plainly where the data does not fit the network, with the change that mends it. */
export function MisfitAlert({ data }: { readonly data: DataSummary }) {
  const { t } = useTranslation()
  const { graph, training } = useDocument((s) => s.document)
  const inference = useDocument((s) => s.inference)
  const found = misfits(graph, inference, training.loss, data)
  if (found.length === 0) return null
  return (
    <Alert color="yellow" variant="light" p="xs" title={t('training.misfit.title')} data-testid="misfit" role="alert">
      {found.map((m) => (
        <div key={m.kind} className={classes.misfit}>
          <span>{m.kind === 'loss' ? t('training.misfit.loss') : t(`training.misfit.${m.kind}`, m)}</span>
          {(m.kind === 'loss' || m.edits.length > 0) && (
            <Button variant="default" onClick={() => mend(m)} data-testid={`fix-${m.kind}`}>
              {m.kind === 'loss' ? t('training.misfit.fixLoss') : t(`training.misfit.fix_${m.kind}`, m)}
            </Button>
          )}
        </div>
      ))}
    </Alert>
  )
}

function mend(m: Misfit): void {
  const { edit } = useDocument.getState()
  if (m.kind === 'loss') edit('training.step.loss', (d) => ({ ...d, training: { ...d.training, loss: m.loss } }))
  else edit(`training.step.${m.kind}`, graphEdit(...m.edits))
}
