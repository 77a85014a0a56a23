import { encodeTraining } from '#shared/export/onnx/model'
import { formulas } from '#shared/training/formulas'
import type { Batch, Task } from '../engine'
import { blockSize } from './blocked/blockSize'
import { putInBlocks } from './blocked/putInBlocks'
import { drawNoise } from './noise'
import { createSession, type Feeds, type Fetches, floatTensor, type Session } from './session'
import type { State } from './state'
import { type TrainingGraph, trainingGraph } from './trainingGraph'

interface Options {
  readonly threads: number
  /** The beginning of the names of files with what every operator took. */
  readonly profile: string | undefined
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
    { profile, threads }: Options,
  ) {
    this.made = trainingGraph(task, batch, watched, whole)
    const { g, gradients, inputs, moved, movement, outputs, sampleWeights, targets } = this.made
    const slots = [...(movement?.slots.values() ?? [])]
    const results = new Set([
      ...outputs,
      ...gradients.values(),
      ...moved.values(),
      ...this.made.watched.map((v) => v.name),
      ...(movement
        ? [
            ...movement.weights.values(),
            ...slots.map((s) => s.after),
            ...(movement.penalty === null ? [] : [movement.penalty]),
          ]
        : []),
    ])
    const block = blockSize()
    if (block !== null) putInBlocks(g, [...results], block)
    const numbers = movement ? [movement.rate, ...movement.corrections, ...slots.map((s) => s.before)] : []
    const fed = [...inputs, sampleWeights, ...targets, ...numbers]
    this.session = createSession(encodeTraining(g, fed, [...results]), threads, profile)
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
    for (const [weight, name] of [...moved, ...movement.weights]) fetches[name] = state.spare('weights', weight)
    for (const [slot, { after, before }] of slots) {
      feeds[before] = state.now('slots', slot)
      fetches[after] = state.spare('slots', slot)
    }
    if (watch) Object.assign(fetches, wantedOf([...gradients.values()].filter((name) => !(name in fetches))))
    const got = this.compute(feeds, fetches, watch)
    if (!got.outputs.every((values) => values.every(Number.isFinite))) return null
    state.turn('weights', [...moved.keys(), ...movement.weights.keys()])
    state.turn('slots', [...slots.keys()])
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
    const of = (name: string) => got[name]?.data as Float32Array
    return { of, outputs: outputs.map(of), watched: seen.map((value) => ({ value, values: of(value.name) })) }
  }
}

const wantedOf = (names: readonly string[]): Record<string, null> =>
  Object.fromEntries(names.map((name) => [name, null]))
const named = (names: ReadonlyMap<string, string>, of: (name: string) => Float32Array) =>
  new Map([...names].map(([weight, name]) => [weight, of(name)]))
