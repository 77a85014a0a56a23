import { createRandom } from '#shared/training/random'
import type { Compiled } from '../compile'
import type { Subject } from './subject'

/** How many random inputs go through the network and through the exported files: fewer where one takes long. */
const MOST = 32
const LEAST = 2
/** Multiplications that all of them may take, some seconds of work. */
const MACS = 20e9

export const checkedOf = ({ compiled }: Subject): number =>
  Math.max(LEAST, Math.min(MOST, Math.floor(MACS / Math.max(compiled.inference.totals.macs, 1))))

/** What a user of an exported model must know besides the model. */
export function aboutModel({ compiled, data, last, name, samples, untrained }: Subject) {
  const valAccuracy = last?.valAccuracy ?? null
  return { name, data, trained: untrained === undefined, ...samples, ...describePorts(compiled), valAccuracy }
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
export function drawSamples({ samples: { inputShape, range } }: Subject, count: number): Float32Array {
  const random = createRandom(1)
  const width = inputShape.reduce((a, b) => a * b, 1)
  return Float32Array.from({ length: count * width }, () => random.uniform(...range))
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
