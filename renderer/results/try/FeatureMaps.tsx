import { Button, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { showShape } from '#shared/layer'
import type { FeatureMaps as Maps, TryAnswer, TrySubject } from '#shared/training/try'
import { exact } from '../../i18n/format'
import { figure } from '../../training/format'
import { PlaneGrid } from './PlaneGrid'
import { unpack } from './planes'
import classes from './try.module.css'
import { VectorBars } from './VectorBars'

/** Units of a vector that are drawn without being asked for all. */
const FIRST_UNITS = 128

interface FeatureMapsProps {
  readonly subject: TrySubject
  readonly answer: TryAnswer | null
  readonly layer: string | null
  readonly all: boolean
  onLayer(layer: string): void
  onAll(): void
}

/** What comes out of one layer for the sample that is tried. */
export function FeatureMaps({ subject, answer, layer, all, onLayer, onAll }: FeatureMapsProps) {
  const { t } = useTranslation()
  const maps = answer?.maps
  return (
    <section className={classes.maps} aria-label={t('results.maps.title')} data-testid="feature-maps">
      <Select
        className={classes.layer}
        aria-label={t('results.maps.layer')}
        placeholder={t('results.maps.choose')}
        searchable
        value={layer}
        data={subject.layers.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => id && onLayer(id)}
        renderOption={({ option }) => option.label}
        data-testid="maps-layer"
      />
      {layer === null && <p className={classes.quiet}>{t('results.maps.none')}</p>}
      {layer !== null && !answer && <p className={classes.quiet}>{t('results.maps.noSample')}</p>}
      {maps && maps.layer === layer && (
        <Output maps={maps} name={subject.layers.find((l) => l.id === layer)?.name ?? layer} all={all} onAll={onAll} />
      )}
    </section>
  )
}

function Output({
  maps,
  name,
  all,
  onAll,
}: {
  readonly maps: Maps
  readonly name: string
  readonly all: boolean
  onAll(): void
}) {
  const { t } = useTranslation()
  const { planes, kernels, shape } = maps
  const vector = planes.height === 1 && planes.count === 1
  const count = vector ? planes.width : planes.count
  const shown = vector ? (all ? count : Math.min(count, FIRST_UNITS)) : unpack(planes).shown
  const range = t('results.maps.range', { low: figure(planes.low), high: figure(planes.high) })
  const label = t('results.maps.label', { name, shape: showShape(shape), range })
  return (
    <>
      <p className={classes.facts}>
        <code>{showShape(shape)}</code>
        <span>{range}</span>
        {!vector && planes.count > 1 && <span>{t('results.maps.scaled')}</span>}
      </p>
      {vector ? (
        <VectorBars planes={planes} shown={shown} label={label} />
      ) : (
        <PlaneGrid planes={planes} label={label} />
      )}
      {shown < count && (
        <p className={classes.facts}>
          {t('results.maps.some', { shown: exact(shown), all: exact(count) })}
          {!all && (
            <Button variant="subtle" onClick={onAll} data-testid="maps-all">
              {t('results.maps.all')}
            </Button>
          )}
        </p>
      )}
      {kernels && (
        <>
          <h4>{t('results.maps.kernels', { n: exact(kernels.count), size: `${kernels.height}×${kernels.width}` })}</h4>
          <PlaneGrid planes={kernels} label={t('results.maps.kernelsLabel', { name })} />
        </>
      )}
    </>
  )
}
