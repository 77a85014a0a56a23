import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DataSummary } from '#shared/training/run'
import type { SplitSettings } from '#shared/training/split'
import { useHost } from '../../host'
import { exact } from '../../i18n/format'
import { useDocument } from '../../store/document'
import { axisFigure } from '../format'
import classes from './data.module.css'
import { useData } from './dataStore'

/** So many columns are written out. */
const SHOWN = 20
const short = (n: number): string => axisFigure(Number(n.toPrecision(4)))

/** Mean, deviation and range of each column or channel, over what training would see: read when a person asks, since all of it is read. */
export function DataFigures({ data }: { readonly data: DataSummary }) {
  const { t } = useTranslation()
  const host = useHost()
  const { validationSplit, testSplit, seed } = useDocument((s) => s.document.training)
  const { figures, measuring, measure } = useData()
  const shares: SplitSettings = { validationSplit, testSplit, seed }
  const known = figures && JSON.stringify(figures.shares) === JSON.stringify(shares) ? figures.statistics : null
  const channels = { red: 'red', green: 'green', blue: 'blue', grey: 'grey' } as const
  const nameOf = (name: string): string => {
    const channel = data.inputShape.length > 1 && Object.values(channels).find((c) => c === name)
    return channel ? t(`training.data.channels.${channel}`) : name
  }
  return (
    <div data-testid="data-figures">
      <h3>{t('training.data.figures')}</h3>
      {known ? (
        <>
          <p className={classes.quiet}>
            {t('training.data.figuresOf', { count: known.samples, n: exact(known.samples) })}
          </p>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t(data.inputShape.length > 1 ? 'training.data.channel' : 'training.data.column')}</th>
                <th scope="col">{t('training.data.mean')}</th>
                <th scope="col">{t('training.data.std')}</th>
                <th scope="col">{t('training.data.min')}</th>
                <th scope="col">{t('training.data.max')}</th>
              </tr>
            </thead>
            <tbody>
              {known.places.slice(0, SHOWN).map((p) => (
                <tr key={p.name}>
                  <th scope="row">{nameOf(p.name)}</th>
                  <td>{short(p.mean)}</td>
                  <td>{short(p.std)}</td>
                  <td>{short(p.min)}</td>
                  <td>{short(p.max)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {known.places.length > SHOWN && (
            <p className={classes.quiet}>{t('training.data.moreColumns', { count: known.places.length - SHOWN })}</p>
          )}
        </>
      ) : (
        <>
          <p className={classes.quiet}>{t('training.data.figuresHelp')}</p>
          <Button
            mt={8}
            variant="default"
            loading={measuring}
            onClick={() => void measure(host, shares)}
            data-testid="measure-data"
          >
            {t('training.data.measure')}
          </Button>
        </>
      )}
    </div>
  )
}
