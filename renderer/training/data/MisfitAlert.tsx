import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DataSummary } from '#shared/training/run'
import { graphEdit, useDocument } from '../../store/document'
import { Notice, NoticeLine } from '../Notice'
import { adaptation, type Misfit, misfits } from './fit'

/** Says plainly where the data does not fit the network, with the change that mends it. */
export function MisfitAlert({ data }: { readonly data: DataSummary }) {
  const { t } = useTranslation()
  const { graph, training } = useDocument((s) => s.document)
  const inference = useDocument((s) => s.inference)
  const found = misfits(graph, inference, training.loss, data)
  const adapted = adaptation(graph, data)
  return (
    <>
      {found.length > 0 && (
        <Notice tone="warning" title={t('training.misfit.title')} testId="misfit">
          {found.map((m) => (
            <NoticeLine key={m.kind} action={<Mend misfit={m} />}>
              {m.kind === 'loss' ? t('training.misfit.loss') : t(`training.misfit.${m.kind}`, m)}
            </NoticeLine>
          ))}
        </Notice>
      )}
      {adapted && <Notice tone="advice">{t(`training.misfit.${adapted.how}`, adapted)}</Notice>}
    </>
  )
}

function Mend({ misfit: m }: { readonly misfit: Misfit }) {
  const { t } = useTranslation()
  if (m.kind !== 'loss' && m.edits.length === 0) return null
  return (
    <Button variant="default" onClick={() => mend(m)} data-testid={`fix-${m.kind}`}>
      {m.kind === 'loss' ? t('training.misfit.fixLoss') : t(`training.misfit.fix_${m.kind}`, m)}
    </Button>
  )
}

function mend(m: Misfit): void {
  const { edit } = useDocument.getState()
  if (m.kind === 'loss') edit('fitLoss', (d) => ({ ...d, training: { ...d.training, loss: m.loss } }))
  else edit(m.kind === 'input' ? 'fitInput' : 'fitOutput', graphEdit(...m.edits))
}
