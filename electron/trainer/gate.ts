/** Holds work up while it is closed. */
export class Gate {
  private waiting: (() => void)[] = []
  private shut = false

  get closed(): boolean {
    return this.shut
  }
  close(): void {
    this.shut = true
  }
  open(): void {
    this.shut = false
    for (const go of this.waiting.splice(0)) go()
  }
  /** Resolves when the gate is open, or when `signal` is given. */
  passed(signal: AbortSignal): Promise<void> {
    if (!this.shut || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      this.waiting.push(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }
}
