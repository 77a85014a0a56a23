import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import classes from './curves.module.css'
import type { Line, Mark, Range } from './line'
import { Plot } from './plot'
import type { PlotLook, Style } from './plotOptions'

export interface ChartProps extends Omit<PlotLook, 'styles'> {
  readonly lines: readonly Line[]
  readonly testId: string
  /** What the chart shows, for those who cannot see it. */
  readonly summary: string
  readonly range: Range
  readonly mark: Mark | null
  /** Said over the frame while there is nothing to draw. */
  readonly empty: string | null
}

const styleOf = ({ points: _, ...style }: Line): Style => style

/** uPlot in React: made anew when its structure changes, else only fed. */
export function Chart(props: ChartProps) {
  const frame = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot>(null)
  const latest = useRef(props)
  latest.current = props
  const { lines, log, xLabel, xSteps, yLabel, hard, sync } = props
  const scheme = useComputedColorScheme('light')
  const structure = JSON.stringify([scheme, log, xLabel, xSteps, yLabel, hard, sync, lines.map(styleOf)])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `structure` stands for everything that needs a new chart.
  const look = useMemo<PlotLook>(
    () => ({
      ...{ log, xLabel, xSteps, yLabel, hard, sync },
      styles: lines.map(styleOf),
      formatX: (x) => latest.current.formatX(x),
      formatY: (y) => latest.current.formatY(y),
      onZoom: (r) => latest.current.onZoom(r),
      onCursor: (x) => latest.current.onCursor(x),
    }),
    [structure],
  )
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const made = new Plot(element, look)
    plot.current = made
    const redraw = () => {
      const { lines, range, mark } = latest.current
      made.show(lines, range, mark)
    }
    const observer = new ResizeObserver(() => {
      made.fit()
      redraw()
    })
    observer.observe(element)
    redraw()
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = null
    }
  }, [look])

  const { range, mark } = props
  useEffect(() => plot.current?.show(lines, range, mark), [lines, range, mark])

  const counts = Object.fromEntries(lines.map((l) => [`data-points-${l.key}`, l.points.length]))
  return (
    <div className={classes.chart} data-testid={props.testId} {...counts} role="img" aria-label={props.summary}>
      <div ref={frame} className={classes.canvas} hidden={props.empty !== null} />
      {props.empty !== null && <p className={classes.empty}>{props.empty}</p>}
    </div>
  )
}
