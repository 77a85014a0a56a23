import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DataSummary } from '#shared/training/run'
import { applyFix } from '../../canvas/change'
import { useLanguage } from '../../i18n/names'
import { fixText, problemText } from '../../i18n/problems'
import { useDocument } from '../../store/document'
import { Notice, NoticeLine } from '../Notice'
import { adaptation, misfitsOf } from './fit'

/** Says plainly where the data does not fit the network, with the change that mends it. */
export function MisfitAlert({ data }: { readonly data: DataSummary }) {
  const { t } = useTranslation()
  useLanguage()
  const document = useDocument((s) => s.document)
  const inference = useDocument((s) => s.inference)
  const found = misfitsOf(document, inference, data)
  const adapted = adaptation(document.graph, data)
  return (
    <>
      {found.length > 0 && (
        <Notice tone="warning" title={t('training.misfit.title')} testId="misfit">
          {found.map((m) => (
            <NoticeLine key={`${m.nodeId}/${m.code}`} action={<Mend problem={m} />}>
              {problemText(m)}
            </NoticeLine>
          ))}
        </Notice>
      )}
      {adapted && <Notice tone="advice">{t(`training.misfit.${adapted.how}`, adapted)}</Notice>}
    </>
  )
}

function Mend({ problem: { code, fix } }: { readonly problem: ReturnType<typeof misfitsOf>[number] }) {
  return (
    fix && (
      <Button variant="default" onClick={() => applyFix(fix)} data-testid={`fix-${code}`}>
        {fixText(fix)}
      </Button>
    )
  )
}
