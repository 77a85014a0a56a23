import { freemem } from 'node:os'
import type { Inference } from '#shared/graph/infer'
import { err, type Result } from '#shared/result'
import type { TrainingConfig } from '#shared/training/config'
import { failure } from '#shared/training/failures'
import type { TrainerError } from '../protocol'
import type { Measurement } from './measurement'

/** Bytes that this process may still take: of the machine, or of the part of it that the process is confined to. */
export const availableMemory = (): number => Math.min(freemem(), process.availableMemory())

/** A training process in bytes: what it takes whatever the batch, and what each sample adds. */
export interface MemoryModel {
  readonly fixed: number
  readonly perSample: number
}

/** What an optimizer keeps beside the weights, at most: two moments, and the greatest second one. */
const SLOTS = 2
/** A sample's outputs of all layers, their gradients, and what kernels need beside them. */
const COPIES = 2.5
/** An engine before any network. */
const ENGINE = 80e6
/** The address space of WebAssembly. */
const WASM = 2 ** 32

/** By arithmetic: weights with gradients and slots, and outputs of layers per sample. */
export const estimated = ({ totals }: Pick<Inference, 'totals'>): MemoryModel => ({
  fixed: ENGINE + totals.weightBytes * (2 + SLOTS),
  perSample: COPIES * totals.activationBytes,
})

/** From what a process has held that trained it, within what arithmetic allows: small batches say little about a sample. */
export function measured({ batch, memory }: Measurement, { totals }: Pick<Inference, 'totals'>): MemoryModel {
  const { activationBytes, weightBytes } = totals
  const grown = memory.peak - memory.built - weightBytes * (1 + SLOTS)
  const perSample = Math.min(Math.max(grown / batch, activationBytes), 2 * COPIES * activationBytes)
  return { fixed: Math.max(memory.peak - memory.start - batch * perSample, weightBytes * (2 + SLOTS)), perSample }
}

/** The largest batch that fits into what is free; 0 where not even one sample does. Never more than the samples there are. */
export function largestBatch({ fixed, perSample }: MemoryModel, engine: string, free: number, samples: number): number {
  const room = Math.min(free, engine === 'wasm' ? WASM : Number.POSITIVE_INFINITY) - fixed
  if (room <= 0) return 0
  return perSample > 0 ? Math.min(Math.floor(room / perSample), samples) : samples
}

/**
 * Why a batch surely does not fit into the memory that is free: training cannot do with less than the weights, their gradients and the
 * outputs of all layers. Null where it may.
 */
export function batchMisfit(
  inference: Pick<Inference, 'totals'>,
  { batchSize }: Pick<TrainingConfig, 'batchSize'>,
  free = availableMemory(),
): Result<never, TrainerError> | null {
  const { activationBytes, weightBytes } = inference.totals
  const needed = batchSize * activationBytes + 2 * weightBytes
  if (needed <= free) return null
  const largest = largestBatch(estimated(inference), '', free, batchSize)
  const values = { batch: batchSize, needed: gigabytes(needed), available: gigabytes(free) }
  const message = largest > 0 ? failure('batchTooLarge', { ...values, largest }) : failure('sampleTooLarge', values)
  return err({ code: 'invalidProject', message })
}

export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toPrecision(3)} GB`
