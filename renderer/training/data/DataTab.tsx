import { Button, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { showShape } from '#shared/layer'
import type { DataSummary } from '#shared/training/run'
import { useHost } from '../../host'
import { failureMessage } from '../../i18n/failures'
import { exact } from '../../i18n/format'
import { noteMessage } from '../../i18n/notes'
import { Notice, NoticeLine } from '../Notice'
import { AugmentedPreview } from './AugmentedPreview'
import { Balance } from './Balance'
import { DataFigures } from './DataFigures'
import classes from './data.module.css'
import { useData } from './dataStore'
import { MisfitAlert } from './MisfitAlert'
import { Preview } from './Preview'
import { SourceForm } from './SourceForm'

/** Which data, what is in it, and whether it fits the network. */
export function DataTab() {
  const { t } = useTranslation()
  const { spec, summary, error, loading, describe } = useData()
  const host = useHost()
  return (
    <div className={classes.tab}>
      <section className={classes.source}>
        <SourceForm />
      </section>
      <section className={classes.about} aria-busy={loading} data-testid="data-summary">
        {spec === '' && <p className={classes.quiet}>{t('training.data.none')}</p>}
        {loading && (
          <p className={classes.quiet}>
            <Loader size={14} /> {t('training.data.loading')}
          </p>
        )}
        {error !== null && (
          <Notice tone="error" title={t('training.data.failed')}>
            <NoticeLine
              action={
                <Button variant="default" onClick={() => void describe(host, spec, true)}>
                  {t('training.data.again')}
                </Button>
              }
            >
              {failureMessage(error)}
            </NoticeLine>
          </Notice>
        )}
        {summary && <Summary data={summary} />}
      </section>
    </div>
  )
}

function Summary({ data }: { readonly data: DataSummary }) {
  const { t } = useTranslation()
  const facts: readonly (readonly [string, string])[] = [
    [t('training.data.samples'), exact(data.samples)],
    [t('training.data.shape'), showShape(data.inputShape)],
    data.labels
      ? [t('training.data.classes'), exact(data.labels.length)]
      : [t('training.data.targets'), exact(data.targetSize)],
  ]
  return (
    <>
      <MisfitAlert data={data} />
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {data.problems.length > 0 && (
        <ul className={classes.problems}>
          {data.problems.map(noteMessage).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <div className={classes.panes}>
        {data.labels && data.balance && (
          <div>
            <h3>{t('training.data.balance')}</h3>
            <Balance labels={data.labels} counts={data.balance} />
          </div>
        )}
        <div>
          <h3>{t('training.data.preview')}</h3>
          <div className={classes.previews}>
            {data.preview.map((p, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: samples have no other identity and never move.
              <Preview key={i} values={p.values} shape={data.inputShape} label={p.label} />
            ))}
          </div>
        </div>
        <AugmentedPreview data={data} />
        <DataFigures data={data} />
      </div>
    </>
  )
}
