import { useTranslation } from 'react-i18next'
import { isRunning, type Run } from '../../runs/run'
import results from '../results.module.css'
import { TryView } from './TryView'

/** Only a run that has ended can be tried: its weights stand still, and the machine is free. */
export function TryTab({ run }: { readonly run: Run }) {
  const { t } = useTranslation()
  if (isRunning(run)) return <p className={results.quiet}>{t('results.try.running')}</p>
  return <TryView run={run} />
}
