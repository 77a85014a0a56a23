import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { decimate } from './decimate'
import type { Line, Mark, Range } from './line'
import { type PlotLook, plotOptions, resolver } from './plotOptions'

/** A chart on the page. What it looks like is fixed when it is made; what it shows follows `show`. */
export class Plot {
  private readonly chart: uPlot
  private readonly now: { lines: readonly Line[]; mark: Mark | null } = { lines: [], mark: null }

  constructor(
    private readonly element: HTMLElement,
    private readonly look: PlotLook,
  ) {
    const empty: uPlot.AlignedData = [[], ...look.styles.map(() => [])]
    const size = { width: element.clientWidth, height: element.clientHeight }
    this.chart = new uPlot(plotOptions(look, size, resolver(element), this.now), empty, element)
  }

  /** Draws the lines, one per style, between `min` and `max`. Only what a pixel can show is handed on. */
  show(lines: readonly Line[], { min, max }: Range, mark: Mark | null): void {
    Object.assign(this.now, { lines, mark })
    const buckets = Math.max(Math.floor(this.chart.bbox.width / devicePixelRatio), 100)
    const tables = lines.map(({ points }): uPlot.AlignedData => {
      const [xs, ys] = decimate(points, min, max, buckets, this.look.log.x)
      return [xs, this.look.log.y ? ys.map((y) => (y !== null && y > 0 ? y : null)) : ys]
    })
    this.chart.batch(() => {
      this.chart.setData(tables.length > 0 ? uPlot.join(tables) : [[]], false)
      this.chart.setScale('x', { min, max })
    })
  }

  fit(): void {
    const { clientWidth: width, clientHeight: height } = this.element
    if (width > 0 && height > 0 && (width !== this.chart.width || height !== this.chart.height))
      this.chart.setSize({ width, height })
  }

  destroy(): void {
    this.chart.destroy()
  }
}
