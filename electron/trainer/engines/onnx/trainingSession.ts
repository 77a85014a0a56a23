import type { Tensor } from 'onnxruntime-common'
import { encodeTraining } from '#shared/export/onnx/model'
import { formulas } from '#shared/training/formulas'
import type { Batch, Task } from '../engine'
import { blockSize } from './blocked/blockSize'
import { putInBlocks } from './blocked/putInBlocks'
import { drawNoise } from './noise'
import { lower } from './providers/lower'
import type { Provider } from './providers/provider'
import { stayingSession } from './providers/staying'
import { createSession, drop, type Feeds, type Fetches, floatTensor, type Session } from './session'
import type { State } from './state'
import { type TrainingGraph, trainingGraph } from './trainingGraph'

export interface Options {
  readonly threads: number
  /** What computes instead of the processor. */
  readonly provider: Provider | null
  /** The beginning of the names of files with what every operator took. */
  readonly profile?: string | undefined
}

/** The numbers of a step: see `Compute.step`. */
interface At {
  readonly learningRate: number
  readonly step: number
}

/** The training of a network by batches of one size, as one graph: forward and backward, or whole steps. */
export class TrainingSession {
  private readonly session: Session
  private readonly made: TrainingGraph

  constructor(
    private readonly task: Task,
    private readonly batch: number,
    watched: readonly string[],
    whole: boolean,
    { profile, provider, threads }: Options,
  ) {
    this.made = trainingGraph(task, batch, watched, whole)
    const { g, gradients, inputs, moved, movement, outputs, sampleWeights, targets } = this.made
    const slots = [...(movement?.slots.values() ?? [])]
    const state = movement ? [...moved.values(), ...movement.weights.values(), ...slots.map((s) => s.after)] : []
    const results = new Set([
      ...outputs,
      ...gradients.values(),
      ...moved.values(),
      ...this.made.watched.map((v) => v.name),
      ...state,
      ...(movement?.penalty ? [movement.penalty] : []),
    ])
    const block = provider ? null : blockSize()
    if (block !== null) putInBlocks(g, [...results], block)
    if (provider) lower(g)
    const numbers = movement ? [movement.rate, ...movement.corrections, ...slots.map((s) => s.before)] : []
    const fed = [...inputs, sampleWeights, ...targets, ...numbers]
    const model = encodeTraining(g, fed, [...results])
    const options = { threads, provider, profile }
    const here = new Set([...outputs, movement?.penalty])
    this.session =
      provider?.keeps && whole
        ? stayingSession(model, [...results], new Set(state), here, options)
        : createSession(model, options)
  }

  /** Whether the processor computes some of it, although a provider was asked for. */
  get mixed(): boolean {
    return this.session.mixed
  }

  /** Forward and backward; weights and inputs are given. `watch`: whether the watched values are wanted, too. */
  run(given: Feeds, batch: Batch, watch: boolean) {
    const { gradients, moved } = this.made
    const got = this.compute(
      { ...given, ...this.fed(batch) },
      wantedOf([...gradients.values(), ...moved.values()]),
      watch,
    )
    return {
      ...got,
      gradients: named(gradients, got.of),
      moved: named(moved, got.of),
    }
  }

  /** A whole step from a state, which moves; null where an output is no finite number, and the state stays. */
  step(state: State, inputs: Feeds, batch: Batch, { learningRate, step }: At, watch: boolean) {
    const { gradients, moved, movement } = this.made
    if (!movement) return null
    const { corrections, penalty, rate, slots } = movement
    const feeds: Record<string, Feeds[string]> = { ...state.weights(), ...inputs, ...this.fed(batch) }
    feeds[rate] = floatTensor(Float32Array.of(learningRate), [])
    formulas[this.task.config.optimizer].corrections(step).forEach((value, i) => {
      feeds[corrections[i] ?? ''] = floatTensor(Float32Array.of(value), [])
    })
    const fetches: Record<string, Fetches[string]> = wantedOf(penalty === null ? [] : [penalty])
    const weights = new Map([...moved, ...movement.weights])
    for (const [weight, name] of weights) fetches[name] = state.spare('weights', weight)
    for (const [slot, { after, before }] of slots) {
      feeds[before] = state.now('slots', slot)
      fetches[after] = state.spare('slots', slot)
    }
    if (watch) Object.assign(fetches, wantedOf([...gradients.values()].filter((name) => !(name in fetches))))
    const got = this.compute(feeds, fetches, watch)
    const next = (names: Iterable<readonly [string, string]>) =>
      new Map([...names].map(([name, result]) => [name, got.tensor(result)]))
    const moves = { weights: next(weights), slots: next([...slots].map(([slot, { after }]) => [slot, after])) }
    if (!got.outputs.every((values) => values.every(Number.isFinite))) {
      for (const tensor of [...moves.weights.values(), ...moves.slots.values()]) drop(tensor)
      return null
    }
    state.turn('weights', moves.weights)
    state.turn('slots', moves.slots)
    return {
      ...got,
      gradients: watch ? named(gradients, got.of) : new Map<string, Float32Array>(),
      penalty: penalty === null ? 0 : (got.of(penalty)[0] ?? 0),
    }
  }

  dispose(): void {
    this.session.dispose()
  }

  private fed({ sampleWeights, targets }: Batch): Feeds {
    const { batch, made } = this
    const feeds: Record<string, Feeds[string]> = {
      [made.sampleWeights]: floatTensor(sampleWeights ?? new Float32Array(batch).fill(1), [batch, 1]),
    }
    this.task.heads.forEach(({ size }, i) => {
      feeds[made.targets[i] ?? ''] = floatTensor(targets[i] ?? new Float32Array(), [batch, size])
    })
    for (const noise of made.g.noises) feeds[noise.name] = drawNoise(noise, batch)
    return feeds
  }

  private compute(feeds: Feeds, wanted: Fetches, watch: boolean) {
    const { outputs, watched } = this.made
    const seen = watch ? watched : []
    const got = this.session.run(feeds, { ...wantedOf([...outputs, ...seen.map((v) => v.name)]), ...wanted })
    const tensor = (name: string) => got[name] as Tensor
    const of = (name: string) => tensor(name)?.data as Float32Array
    return { of, tensor, outputs: outputs.map(of), watched: seen.map((value) => ({ value, values: of(value.name) })) }
  }
}

const wantedOf = (names: readonly string[]): Record<string, null> =>
  Object.fromEntries(names.map((name) => [name, null]))
const named = (names: ReadonlyMap<string, string>, of: (name: string) => Float32Array) =>
  new Map([...names].map(([weight, name]) => [weight, of(name)]))
