import type * as tf from '@tensorflow/tfjs'
import type { Result } from '#shared/result'
import type { TrainingConfig } from '#shared/training/config'
import type { EngineInfo, EngineName } from '#shared/training/run'
import type { Compiled } from '../compile'
import type { TrainerError } from '../protocol'
import type { Head } from './head'

/** Changes a parameter in place, given its gradient; both as flat arrays. */
export type UpdateRule = (parameter: Float32Array, gradient: Float32Array) => void

/** What computes: a backend of tfjs, with what it lacks for training. */
export interface Engine {
  readonly name: Exclude<EngineName, 'auto'>
  /** Says whether it can be used here, without loading it. A GPU is looked for in a process of its own, beside what this one does. */
  probe(): Promise<EngineInfo>
  /** Makes it the backend of tfjs. */
  load(): Promise<Result<null, TrainerError>>
  /** Lets an optimizer change a variable. */
  update(variable: tf.Variable, gradient: tf.Tensor, rule: UpdateRule): void
  /** Where a network is computed as a whole, and not operator by operator through tfjs, which then only keeps the weights. */
  compute?(task: Task): Compute | undefined
}

/** What a network is trained for, and how. */
export interface Task {
  readonly compiled: Compiled
  /** Of each output, and where its loss starts: before the softmax or sigmoid that ends it, if the loss wants that. */
  readonly heads: readonly Head[]
  readonly starts: readonly tf.SymbolicTensor[]
  readonly config: TrainingConfig
  /** What the optimizer remembers of each weight that is trained, by the weight's name; changed in place. */
  readonly slots: Slots
}

/** Per weight one array for each slot of the optimizer, in its order. */
export type Slots = ReadonlyMap<string, readonly Float32Array[]>

/** A batch as the network is trained on it. */
export interface Batch {
  readonly count: number
  readonly inputs: readonly tf.Tensor[]
  /** Of each output. */
  readonly targets: readonly Float32Array[]
  /** How much each sample counts; null: all the same. */
  readonly sampleWeights: Float32Array | null
}

/** What came of a batch. */
export interface Pass {
  /** What the losses are computed from. */
  readonly outputs: readonly Float32Array[]
  /** By the names of the variables. */
  readonly grads: tf.NamedTensorMap
  /** The outputs of the watched nodes, where they are wanted. */
  readonly watched: readonly tf.Tensor[]
}

/** What came of a step. `grads` have those of the regularisers in them, and are empty unless the step is watched. */
export interface StepPass extends Pass {
  /** What the regularisers add to the loss, at the weights before the step. */
  readonly penalty: number
}

/**
 * Computes a network with the weights that it has at the moment. Call it within `tf.tidy`. Null: the engine cannot, nothing has changed,
 * and the model does it operator by operator.
 */
export interface Compute {
  /** Why it leaves a network to the model for good; null or absent where it does not. */
  readonly refusal?: string | null
  /** Whether the processor computes some operators, although the engine is one for a GPU. */
  readonly mixed?: boolean
  /** From the first step on, the outputs of these nodes can be seen. */
  watch(nodes: readonly string[]): void
  /** Forward and backward, as while training; moves the moving statistics. */
  backward(batch: Batch, watch: boolean): Pass | null
  /** As at inference, up to what the losses are computed from, or to the outputs. */
  forward(inputs: readonly tf.Tensor[], upTo: 'losses' | 'answers'): Float32Array[] | null
  /**
   * Forward, backward and the optimizer; see `takeStep` in shared/training/movement.ts. Null also where an output is no finite number.
   * `step` counts the updates, from 1.
   */
  step?(batch: Batch, at: { readonly learningRate: number; readonly step: number }, watch: boolean): StepPass | null
  /**
   * Steps may leave weights or slots with the engine. This brings the variables, or the task's slots, up to date; the next step takes
   * up anew what they are by then.
   */
  release?(what: 'weights' | 'slots'): void
  dispose(): void
}
