import { useTranslation } from 'react-i18next'
import { exact } from '../../i18n/format'
import { axisFigure } from '../../training/format'
import classes from './evaluate.module.css'

const SIDE = 176
const [LEFT, BOTTOM, TOP, RIGHT] = [56, 36, 8, 12]

interface ScatterProps {
  /** True and predicted values. */
  readonly pairs: readonly (readonly [number, number | null])[]
  /** Which number of the target, from 1, where there are several. */
  readonly target?: number
}

/** Predicted against true values: what lies on the line is right. */
export function Scatter({ pairs, target }: ScatterProps) {
  const { t } = useTranslation()
  const points = pairs.flatMap(([truth, predicted]) => (predicted === null ? [] : [[truth, predicted] as const]))
  if (points.length === 0) return <p className={classes.none}>{t('results.evaluate.noPoints')}</p>
  const all = points.flat()
  const [least, most] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))]
  const margin = (most - least || 1) * 0.04
  const [low, high] = [least - margin, most + margin]
  const x = (v: number) => LEFT + ((v - low) / (high - low)) * SIDE
  const y = (v: number) => TOP + SIDE - ((v - low) / (high - low)) * SIDE
  const name = t('results.evaluate.scatter')
  return (
    <figure className={classes.scatter} data-testid="scatter" data-points={points.length}>
      <figcaption>
        <strong>{target === undefined ? name : `${name}: ${t('results.try.value', { n: target })}`}</strong>{' '}
        {t('results.evaluate.scatterHelp')}
      </figcaption>
      <svg
        width={LEFT + SIDE + RIGHT}
        height={TOP + SIDE + BOTTOM}
        role="img"
        aria-label={t('results.evaluate.scatterLabel', { n: exact(points.length) })}
      >
        {ticks(low, high).map((v) => (
          <g key={v} className={classes.tick}>
            <line x1={x(v)} x2={x(v)} y1={TOP} y2={TOP + SIDE} />
            <line x1={LEFT} x2={LEFT + SIDE} y1={y(v)} y2={y(v)} />
            <text x={x(v)} y={TOP + SIDE + 14} textAnchor="middle">
              {axisFigure(v)}
            </text>
            <text x={LEFT - 6} y={y(v) + 4} textAnchor="end">
              {axisFigure(v)}
            </text>
          </g>
        ))}
        <line className={classes.right} x1={x(low)} y1={y(low)} x2={x(high)} y2={y(high)} />
        {points.map(([truth, predicted], i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: points have no other identity and never move.
          <circle key={i} className={classes.point} cx={x(truth)} cy={y(predicted)} r={2.5} />
        ))}
        <text className={classes.axis} x={LEFT + SIDE / 2} y={TOP + SIDE + 32} textAnchor="middle">
          {t('results.evaluate.true')}
        </text>
        <text className={classes.axis} transform={`translate(12 ${TOP + SIDE / 2}) rotate(-90)`} textAnchor="middle">
          {t('results.evaluate.predicted')}
        </text>
      </svg>
    </figure>
  )
}

/** About four round numbers. */
function ticks(low: number, high: number): readonly number[] {
  const rough = (high - low) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((m) => m * power >= rough) ?? 10)
  const first = Math.ceil(low / step)
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  )
}
