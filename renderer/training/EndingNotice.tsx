import { useTranslation } from 'react-i18next'
import type { Run } from '../runs/run'
import { bestEpoch } from './curves/curves'
import { Notice } from './Notice'

/** Why a run ended before its last epoch, and whose weights it has now; nothing where that goes without saying. */
export function EndingNotice({ run: { ending, curves, summary } }: { readonly run: Run }) {
  const { t } = useTranslation()
  if (!ending || summary.state !== 'completed') return null
  const { epoch, reason, restored } = ending
  const best = bestEpoch(curves.epochs)?.epoch ?? epoch
  const sentences = [
    ...(reason === 'stoppedEarly' ? [t('training.ending.early', { epoch, count: epoch - best })] : []),
    ...(restored !== undefined && restored !== epoch ? [t('training.ending.restored', { epoch: restored })] : []),
  ]
  if (sentences.length === 0) return null
  return (
    <Notice tone="advice" testId="ending">
      <span>{sentences.join(' ')}</span>
    </Notice>
  )
}
