import { createRandom } from '#shared/training/random'
import type { Compiled } from '../compile'
import type { TrainedRun } from '../loadRun'
import type { RunFile } from '../runFile'

/** How many random inputs go through the run and through the exported files. */
export const CHECKED = 32

/** What a user of an exported model must know besides the model. */
export function aboutRun({ compiled, run }: TrainedRun) {
  const { name, data, samples, last } = run
  return { name, data, ...samples, ...describePorts(compiled), valAccuracy: last?.valAccuracy ?? null }
}

/** The order of several inputs and outputs, and which output the labels are of. */
function describePorts({ inputs, main, outputs }: Compiled) {
  const plain = ({ name, shape }: Compiled['inputs'][number]) => ({ name, shape })
  const outputShape = outputs[main]?.shape
  return {
    outputShape,
    ...(inputs.length > 1 && { inputs: inputs.map(plain) }),
    ...(outputs.length > 1 && { outputs: outputs.map(plain), mainOutput: outputs[main]?.name }),
  }
}

/** Random samples within the range of the data; the same every time. */
export function drawSamples({ inputShape, range }: RunFile['samples']): Float32Array {
  const random = createRandom(1)
  const width = inputShape.reduce((a, b) => a * b, 1)
  return Float32Array.from({ length: CHECKED * width }, () => random.uniform(...range))
}

/** Between two lists of outputs; NaN where one says less than the other. */
export function largestDifference(a: readonly Float32Array[], b: readonly ArrayLike<number>[]): number {
  let max = 0
  a.forEach((values, at) => {
    values.forEach((v, i) => {
      const difference = Math.abs(v - (b[at]?.[i] ?? Number.NaN))
      if (!(difference <= max)) max = difference
    })
  })
  return max
}
