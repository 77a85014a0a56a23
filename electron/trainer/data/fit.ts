import { err, ok, type Result } from '#shared/result'
import { type Note, note } from '#shared/training/notes'
import type { TrainerError } from '../protocol'
import type { DataSet } from './dataSet'

export interface Fitted {
  readonly data: DataSet
  /** What was done. */
  readonly notes: readonly Note[]
}

const show = (shape: readonly number[]): string => shape.join('×')
const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

/** Brings samples to the shape that the network wants, where there is one natural way; else says what does not fit. */
export function fitToNetwork(
  data: DataSet,
  inputShape: readonly number[],
  outputShape: readonly number[],
): Result<Fitted, TrainerError> {
  const input = fitInput(data, inputShape)
  if (!input.ok) return input
  const outputs = count(outputShape)
  if (outputs === data.targetSize) return input
  const wanted = data.labels ? `${data.targetSize} classes` : `${data.targetSize} target numbers`
  return err({
    code: 'invalidData',
    message: `The network has ${outputs} outputs (${show(outputShape)}), but the data has ${wanted}. Give the last layer ${data.targetSize} units.`,
  })
}

function fitInput(data: DataSet, shape: readonly number[]): Result<Fitted, TrainerError> {
  const have = data.inputShape
  if (show(have) === show(shape)) return ok({ data, notes: [] })
  if (count(have) === count(shape))
    return ok({
      data: { ...data, inputShape: shape },
      notes: [note('reshaped', { from: show(have), to: show(shape) })],
    })
  const [h = 0, w = 0, c = 0] = have
  const [toH = 0, toW = 0, toC = 0] = shape
  const even = (toH - h) % 2 === 0 && (toW - w) % 2 === 0
  if (have.length === 3 && shape.length === 3 && c === toC && toH >= h && toW >= w && even)
    return ok({
      data: padded(data, [h, w, c], [toH, toW]),
      notes: [note('padded', { from: `${h}×${w}`, to: `${toH}×${toW}` })],
    })
  return err({
    code: 'invalidData',
    message: `The network's input is ${show(shape)}, but the data has samples of ${show(have)}. Set the shape of the Input to ${show(have)}.`,
  })
}

function padded(
  data: DataSet,
  [h, w, c]: readonly [number, number, number],
  [toH, toW]: readonly [number, number],
): DataSet {
  const sample = new Float32Array(h * w * c)
  const [top, left] = [(toH - h) / 2, (toW - w) / 2]
  return {
    ...data,
    inputShape: [toH, toW, c],
    read(index, to, offset) {
      data.read(index, sample, 0)
      to.fill(0, offset, offset + toH * toW * c)
      for (let y = 0; y < h; y++)
        to.set(sample.subarray(y * w * c, (y + 1) * w * c), offset + ((top + y) * toW + left) * c)
    },
  }
}
