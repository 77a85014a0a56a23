/**
 * An exponential moving average that grows with its source: s_t = Σ w^(t−i) x_i / Σ w^(t−i), the form without a bias towards 0 at
 * the start. NaN in the source stays NaN and does not count.
 */
export class Smoothed {
  length = 0
  values = new Float64Array(1024)
  private sum = 0
  private mass = 0

  constructor(readonly weight: number) {}

  /** Takes what the source has beyond what is here. */
  extend(source: Float64Array, length: number): void {
    if (length > this.values.length) {
      const longer = new Float64Array(Math.max(source.length, length))
      longer.set(this.values)
      this.values = longer
    }
    for (; this.length < length; this.length++) {
      const x = source[this.length] ?? Number.NaN
      if (Number.isNaN(x)) {
        this.values[this.length] = Number.NaN
        continue
      }
      this.sum = this.sum * this.weight + x
      this.mass = this.mass * this.weight + 1
      this.values[this.length] = this.sum / this.mass
    }
  }
}
