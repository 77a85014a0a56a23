import type { EpochEvent, StepEvent } from '#shared/training/run'

/**
 * The points of one run. Columns grow in place: a long run reports thousands of times a second and copying would cost more than
 * drawing. A figure that was not a number is NaN here and a gap in the curve.
 */
export class Curves {
  length = 0
  step = new Float64Array(1024)
  seconds = new Float64Array(1024)
  loss = new Float64Array(1024)
  accuracy = new Float64Array(1024)
  learningRate = new Float64Array(1024)
  /** Of each output by itself, in networks of several. */
  losses: Float64Array<ArrayBuffer>[] = []
  readonly epochs: EpochEvent[] = []

  /** A step that is already there is ignored: after a reload the past and the present overlap. */
  addStep(e: StepEvent): void {
    const { losses = [] } = e
    this.add(e.step, e.seconds, e.loss ?? Number.NaN, e.accuracy ?? Number.NaN, e.learningRate ?? Number.NaN, losses)
  }

  /** An epoch that was cut short and then finished by a resumed run takes the place of the cut one. */
  addEpoch(e: EpochEvent): void {
    const last = this.epochs.at(-1)
    if (last?.epoch === e.epoch && e.step > last.step) this.epochs[this.epochs.length - 1] = e
    else if (e.epoch > (last?.epoch ?? 0)) this.epochs.push(e)
  }

  /** Adds what `later` has beyond what is here. */
  append(later: Curves): void {
    const { step, seconds, loss, accuracy, learningRate, length } = later
    for (let i = 0; i < length; i++) {
      const losses = later.losses.map((column) => column[i] ?? Number.NaN)
      this.add(step[i] ?? 0, seconds[i] ?? 0, loss[i] ?? 0, accuracy[i] ?? 0, learningRate[i] ?? 0, losses)
    }
    for (const e of later.epochs) this.addEpoch(e)
  }

  private add(
    step: number,
    seconds: number,
    loss: number,
    accuracy: number,
    learningRate: number,
    losses: readonly (number | null)[],
  ): void {
    if (this.length > 0 && step <= (this.step[this.length - 1] ?? 0)) return
    if (this.length === this.step.length) this.grow()
    const at = this.length++
    this.step[at] = step
    this.seconds[at] = seconds
    this.loss[at] = loss
    this.accuracy[at] = accuracy
    this.learningRate[at] = learningRate
    losses.forEach((own, output) => {
      const column = this.losses[output] ?? new Float64Array(this.step.length).fill(Number.NaN)
      column[at] = own ?? Number.NaN
      this.losses[output] = column
    })
  }

  private grow(): void {
    const doubled = (old: Float64Array<ArrayBuffer>) => {
      const column = new Float64Array(old.length * 2)
      column.set(old)
      return column
    }
    this.step = doubled(this.step)
    this.seconds = doubled(this.seconds)
    this.loss = doubled(this.loss)
    this.accuracy = doubled(this.accuracy)
    this.learningRate = doubled(this.learningRate)
    this.losses = this.losses.map(doubled)
  }
}

/** The epoch with the lowest validation loss; without validation the lowest training loss. Null before the first. */
export function bestEpoch(epochs: readonly EpochEvent[]): EpochEvent | null {
  const figure = (e: EpochEvent) => e.valLoss ?? (epochs.some((x) => x.valLoss !== null) ? null : e.loss)
  let best: { event: EpochEvent; loss: number } | null = null
  for (const event of epochs) {
    const loss = figure(event)
    if (loss !== null && (!best || loss < best.loss)) best = { event, loss }
  }
  return best?.event ?? null
}
