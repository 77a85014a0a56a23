import { Button } from '@mantine/core'
import type { TFunction } from 'i18next'
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
              {sentence(m, t)}
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
      {remedy(m, t)}
    </Button>
  )
}

function mend(m: Misfit): void {
  const { edit } = useDocument.getState()
  if (m.kind === 'loss') edit('fitLoss', (d) => ({ ...d, training: { ...d.training, loss: m.loss } }))
  else edit(steps[m.kind], graphEdit(...m.edits))
}

/** Names of the undo steps. */
const steps = { input: 'fitInput', output: 'fitOutput', softmax: 'fitOutput' } as const

function sentence(m: Misfit, t: TFunction): string {
  switch (m.kind) {
    case 'input':
    case 'output':
      return t(`training.misfit.${m.kind}`, { data: m.data, network: m.network })
    case 'loss':
    case 'softmax':
      return t(`training.misfit.${m.kind}`)
  }
}

function remedy(m: Misfit, t: TFunction): string {
  switch (m.kind) {
    case 'input':
    case 'output':
      return t(`training.misfit.fix_${m.kind}`, { data: m.data })
    case 'loss':
      return t('training.misfit.fixLoss')
    case 'softmax':
      return t('training.misfit.fix_softmax')
  }
}
