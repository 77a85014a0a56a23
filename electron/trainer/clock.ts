/** Counts the seconds that are spent on a run. It goes from the beginning. */
export class Clock {
  private before = 0
  private since: number | null = performance.now()

  get seconds(): number {
    return this.before + (this.since === null ? 0 : (performance.now() - this.since) / 1000)
  }
  /** Goes on from what was spent before. */
  set(seconds: number): void {
    this.before = seconds
    this.since = performance.now()
  }
  stop(): void {
    this.before = this.seconds
    this.since = null
  }
  start(): void {
    this.since = performance.now()
  }
}
