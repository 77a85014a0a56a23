import { batchLoss, type LossType, losses } from '#shared/training/losses'
import { targetsFor } from '#shared/training/outputs'
import type { Compiled, CompiledOutput } from './compile'
import type { Head } from './engines/head'

/** What is trained for: Σ weight · loss over the outputs of a network. */
export class Objective {
  /** That of the output which accuracy and predictions are of. */
  readonly loss: LossType
  readonly heads: readonly Head[]
  private readonly byColumns: boolean

  /** `general` is the loss of outputs without one of their own; `targetSize` the numbers of a target. */
  constructor(
    private readonly compiled: Compiled,
    private readonly general: LossType,
    private readonly targetSize: number,
  ) {
    this.heads = compiled.outputs.map((o) => ({
      id: o.id,
      source: o.source,
      loss: o.loss ?? general,
      weight: o.weight,
      size: o.shape.reduce((a, b) => a * b, 1),
    }))
    this.loss = compiled.outputs[compiled.main]?.loss ?? general
    const sizes = this.heads.map((h) => h.size)
    this.byColumns = targetsFor(sizes, targetSize, false) === 'columns'
  }

  /** Where the loss of an output starts: before the softmax or sigmoid that ends it, if it wants logits. */
  start({ ending, loss, tensor }: CompiledOutput) {
    return ending && losses[loss ?? this.general].logitsOf === ending.activation ? ending.logits : tensor
  }

  /**
   * The loss over a batch of all outputs, samples weighted where weights are given; that of each by itself, and its derivatives in them:
   * NaN and null for an output that has no part in it.
   */
  compute(outputs: readonly Float32Array[], y: Float32Array, count: number, sampleWeights: Float32Array | null) {
    let total = 0
    const own: number[] = []
    const targets = this.targets(y, count)
    const slopes = this.heads.map(({ loss, weight }, i) => {
      own[i] = Number.NaN
      if (weight === 0) return null
      const values = outputs[i] as Float32Array
      const slope = new Float32Array(values.length)
      const found = batchLoss(losses[loss], values, targets[i] as Float32Array, count, slope, sampleWeights)
      own[i] = found
      total += weight * found
      return weight === 1 ? slope : slope.map((v) => weight * v)
    })
    return { loss: total, losses: own, slopes }
  }

  /** What each output is compared with. */
  targets(y: Float32Array, count: number): readonly Float32Array[] {
    let column = 0
    return this.heads.map(({ size }) => {
      const own = this.byColumns ? columns(y, this.targetSize, column, size, count) : y
      column += size
      return own
    })
  }

  /** What stands beside the targets: the main output, or all of them side by side where each has its columns. */
  answer(outputs: readonly Float32Array[], count: number): Float32Array {
    const main = outputs[this.compiled.main] as Float32Array
    if (!this.byColumns) return main
    const all = new Float32Array(count * this.targetSize)
    let column = 0
    this.heads.forEach(({ size }, i) => {
      for (let n = 0; n < count; n++)
        all.set((outputs[i] as Float32Array).subarray(n * size, (n + 1) * size), n * this.targetSize + column)
      column += size
    })
    return all
  }
}

/** `size` columns of a table of `count` rows, `width` wide, from `column` on. */
function columns(y: Float32Array, width: number, column: number, size: number, count: number): Float32Array {
  const part = new Float32Array(count * size)
  for (let n = 0; n < count; n++) {
    const from = n * width + column
    part.set(y.subarray(from, from + size), n * size)
  }
  return part
}
