import { err, ok, type Result } from '#shared/result'
import { feedOf } from '#shared/training/inputFit'
import { dataMisfits } from '#shared/training/misfits'
import { type Note, note } from '#shared/training/notes'
import { targetsFor } from '#shared/training/outputs'
import type { Compiled } from '../compile'
import type { TrainerError } from '../protocol'
import type { DataSet } from './dataSet'

export interface Fitted {
  readonly data: DataSet
  /** What was done. */
  readonly notes: readonly Note[]
}

const show = (shape: readonly number[]): string => shape.join('×')

/** Brings samples to the shapes that a network's inputs want, where there is one natural way; else says what does not fit. */
export function fitToNetwork(
  data: DataSet,
  { graph, inference, inputs, outputs }: Pick<Compiled, 'graph' | 'inference' | 'inputs' | 'outputs'>,
): Result<Fitted, TrainerError> {
  const [wrong] = dataMisfits(graph, inference, data)
  if (wrong) return err({ code: 'invalidData', message: wrong.message })
  const sizes = outputs.map((o) => o.shape.reduce((a, b) => a * b, 1))
  const split = targetsFor(sizes, data.targetSize, data.labels !== null) === 'columns'
  const fed = fitInput(data, inputs)
  return ok(split ? { ...fed, notes: [...fed.notes, note('targetsSplit', { outputs: list(outputs) })] } : fed)
}

const list = (ports: Compiled['inputs']): string => ports.map((p) => `${p.name} (${show(p.shape)})`).join(', ')

/** Brings samples to the shapes of a network's inputs, which they fit. */
export function fitInput(data: DataSet, inputs: Compiled['inputs']): Fitted {
  const have = data.inputShape
  const feed = feedOf(
    have,
    inputs.map((i) => i.shape),
  )
  if (feed?.kind === 'parts') return { data, notes: [note('inputsSplit', { inputs: list(inputs) })] }
  const to = feed?.shape ?? have
  switch (feed?.fit) {
    case 'reshaped':
      return { data: { ...data, inputShape: to }, notes: [note('reshaped', { from: show(have), to: show(to) })] }
    case 'padded':
      return {
        data: padded(data, have, to),
        notes: [note('padded', { from: show(have.slice(0, 2)), to: show(to.slice(0, 2)) })],
      }
    default:
      return { data, notes: [] }
  }
}

function padded(data: DataSet, [h = 0, w = 0, c = 0]: readonly number[], shape: readonly number[]): DataSet {
  const [toH = 0, toW = 0] = shape
  const sample = new Float32Array(h * w * c)
  const [top, left] = [(toH - h) / 2, (toW - w) / 2]
  return {
    ...data,
    inputShape: shape,
    read(index, to, offset) {
      data.read(index, sample, 0)
      to.fill(0, offset, offset + toH * toW * c)
      for (let y = 0; y < h; y++)
        to.set(sample.subarray(y * w * c, (y + 1) * w * c), offset + ((top + y) * toW + left) * c)
    },
  }
}
