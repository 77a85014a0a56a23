import type { EngineName } from '#shared/training/run'
import type { Question } from './choose'

/** A run that takes less is not worth finding a faster engine for. In seconds, as everything below. */
export const SHORT = 8
/** Multiply-adds of a measured step, at most: a larger batch is measured by a part of it, by a smaller one on the slow engines. */
const WORK = 1.5e10
const slowWork: Readonly<Record<string, number>> = { wasm: 5e9, cpu: 1e9 }
/** Samples whose loss is compared: few, and multiply-adds of them, since a slow engine is asked too. */
const COMPARED = 4
const COMPARED_WORK = 1e9
/** Nothing is asked for an opinion that would take longer. */
const OPINION = 2
/** Forward, and two products of the same size backward. */
const PASSES = 3
/** Multiply-adds per second of the built-in engine, roughly; with it a run is told to be short before anything is measured. */
const USUAL = 2e9
/** What it takes to call a layer, forward and backward. */
const CALL = 1e-4
/** Multiply-adds per second that an engine does not reach: where this is too slow it need not be tried. Others have no such limit. */
const ceiling: Readonly<Record<string, number>> = { wasm: 1.5e10, cpu: 3e8 }
/**
 * Each is slower than the one before it on every network, measured from one of 82 weights (6 and 2 times) to a small VGG (11 and 300
 * times): where one computes, those behind it can only say whether its loss is right. What `onnx` cannot compute as a whole it leaves to `wasm`.
 */
const ranked: readonly EngineName[] = ['onnx', 'wasm', 'cpu']
export const outdoneBy = (name: EngineName): readonly EngineName[] => ranked.slice(0, Math.max(ranked.indexOf(name), 0))

/** What it takes to measure a network on an engine, by arithmetic. */
export interface Effort {
  /** Samples of a step that is measured. */
  batchOn(name: EngineName): number
  /** Samples whose loss is compared. */
  readonly compared: number
  /** Seconds per sample of training that an engine needs in any case. */
  atLeast(name: EngineName): number
  /** Tells its loss soon enough to be asked for nothing else. */
  speaks(name: EngineName): boolean
  /** The run is, also on the built-in engine. */
  readonly short: boolean
}

export function effortOf({ inference, project, samples }: Pick<Question, 'inference' | 'project' | 'samples'>): Effort {
  const { macs } = inference.totals
  const { batchSize } = project.training
  const work = PASSES * macs
  const upTo = (most: number, each: number) => Math.max(Math.floor(most / Math.max(each, 1)), 1)
  const limit = (name: EngineName) => ceiling[name] ?? Number.POSITIVE_INFINITY
  const compared = Math.min(COMPARED, upTo(COMPARED_WORK, macs), batchSize)
  const calls = (samples / batchSize) * project.graph.nodes.length
  return {
    batchOn: (name) => Math.min(upTo(slowWork[name] ?? WORK, work), batchSize),
    compared,
    atLeast: (name) => work / limit(name),
    speaks: (name) => (compared * macs) / limit(name) < OPINION,
    short: samples * (work / USUAL) + calls * CALL < SHORT,
  }
}
