import { useTranslation } from 'react-i18next'
import type { Planes } from '#shared/training/try'
import { figure } from '../../training/format'
import { unpack } from './planes'
import classes from './try.module.css'

const HEIGHT = 96
/** More bars than this are narrower than can be pointed at. */
const WIDE = 128

interface VectorBarsProps {
  readonly planes: Planes
  /** Only so many of its first units. */
  readonly shown: number
  readonly label: string
}

/** A vector as bars about its zero. */
export function VectorBars({ planes, shown, label }: VectorBarsProps) {
  const { t } = useTranslation()
  const values = unpack(planes).values.subarray(0, shown)
  const [low, high] = [Math.min(planes.low ?? 0, 0), Math.max(planes.high ?? 0, 0)]
  const scale = high > low ? HEIGHT / (high - low) : 0
  const each = values.length <= WIDE ? 8 : 3
  return (
    <div className={classes.scroller}>
      <svg
        width={values.length * each}
        height={HEIGHT + 2}
        role="img"
        aria-label={label}
        className={classes.vector}
        data-testid="vector"
        data-shown={values.length}
      >
        <line x1={0} x2={values.length * each} y1={high * scale + 1} y2={high * scale + 1} />
        {Array.from(values, (v, i) => {
          const at = Number.isFinite(v) ? v : 0
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a unit is its place.
            <g key={i}>
              <title>{t('results.maps.unit', { n: i + 1, value: Number.isFinite(v) ? figure(v) : '–' })}</title>
              <rect className={classes.hover} x={i * each} y={0} width={each} height={HEIGHT + 2} />
              <rect
                x={i * each}
                y={(high - Math.max(at, 0)) * scale + 1}
                width={each - 1}
                height={Math.max(Math.abs(at) * scale, 0.5)}
              />
            </g>
          )
        })}
      </svg>
    </div>
  )
}
