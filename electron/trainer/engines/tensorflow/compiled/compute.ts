import type * as tf from '@tensorflow/tfjs'
import { Forward } from '../../../forward'
import type { Batch, Compute, Pass, StepPass, Task } from '../../engine'
import { feedOf, listFed, pass } from '../../wholeStep/pass'
import { SlotStore } from '../../wholeStep/slots'
import { numbersOf, step } from '../../wholeStep/step'
import { type NodeBackend, nodeBackend } from './binding'
import { fuseActivations } from './fuseActivations'
import { Program } from './program'
import { drawBySeed, seedTensor } from './randomness'
import { trace } from './trace'

/** Undefined where tfjs-node is of a version that cannot be traced. */
export function compiledCompute(task: Task): Compute | undefined {
  const backend = nodeBackend()
  return backend ? new CompiledCompute(backend, task) : undefined
}

type Results = ReadonlyMap<string, tf.Tensor>

/**
 * Networks as graphs of TensorFlow, traced from what tfjs does with them: one per kind of computation and batch size. Weights stay
 * variables of tfjs, which is no copy: they are fed and fetched by reference.
 */
class CompiledCompute implements Compute {
  /** Null where the network cannot be traced. */
  private readonly programs = new Map<string, Program | null>()
  private readonly slots: SlotStore
  private watched: readonly tf.SymbolicTensor[] = []
  refusal: string | null = null

  constructor(
    private readonly backend: NodeBackend,
    private readonly task: Task,
  ) {
    this.slots = new SlotStore(task)
  }

  watch(nodes: readonly string[]): void {
    this.watched = nodes.flatMap((id) => this.task.compiled.values.get(id)?.[0] ?? [])
  }

  backward(batch: Batch, watch: boolean): Pass | null {
    const [seed, fed] = [seedTensor(), feedOf(this.task, batch)]
    const inputs = [seed, ...listFed(fed), ...this.variables]
    const program = this.programOf('backward', batch.count, inputs, () => {
      const found = pass(drawBySeed(this.backend, seed), this.task, this.watched, fed)
      return new Map([
        ...numbered('output', found.outputs),
        ...named(
          'gradient',
          found.gradients.map(([w, g]) => [w.variable.name, g] as const),
        ),
        ...named(
          'weight',
          found.moved.map(([w, value]) => [w.name, value] as const),
        ),
        ...numbered('watched', found.watched),
      ])
    })
    if (!program) return null
    const got = program.run(
      inputs,
      program.names.filter((name) => watch || !name.startsWith('watched')),
    )
    this.take(got)
    return { outputs: valuesOf(got, 'output'), grads: under(got, 'gradient'), watched: all(got, 'watched') }
  }

  step(batch: Batch, at: { readonly learningRate: number; readonly step: number }, watch: boolean): StepPass | null {
    const [seed, fed] = [seedTensor(), feedOf(this.task, batch)]
    const numbers = numbersOf(this.task, at.learningRate, at.step)
    const slots = this.slots.tensors()
    const inputs = [
      seed,
      ...listFed(fed),
      numbers.rate,
      ...numbers.corrections,
      ...this.variables,
      ...[...slots.values()].flat(),
    ]
    const program = this.programOf('step', batch.count, inputs, () => {
      const found = pass(drawBySeed(this.backend, seed), this.task, this.watched, fed)
      const stepped = step(this.task, found, slots, numbers)
      const slotsOf = [...stepped.slots].flatMap(([name, own]) => numbered(`slot:${name}`, own))
      return new Map([
        ...numbered('output', found.outputs),
        ['penalty', stepped.penalty] as const,
        ...named(
          'weight',
          found.moved.map(([w, value]) => [w.name, value] as const),
        ),
        ...named('weight', [...stepped.weights]),
        ...slotsOf,
        ...named('gradient', [...stepped.gradients]),
        ...numbered('watched', found.watched),
      ])
    })
    if (!program) return null
    const seldom = /^(gradient|watched):/
    const got = program.run(
      inputs,
      program.names.filter((name) => watch || !seldom.test(name)),
    )
    const outputs = valuesOf(got, 'output')
    if (!outputs.every((values) => values.every(Number.isFinite))) return null
    this.take(got)
    this.slots.take(got)
    const penalty = got.get('penalty')?.dataSync()[0] ?? 0
    return { outputs, penalty, grads: this.byVariable(under(got, 'gradient')), watched: all(got, 'watched') }
  }

  forward(inputs: readonly tf.Tensor[], upTo: 'losses' | 'answers'): Float32Array[] | null {
    const { compiled, starts } = this.task
    const fed = [...inputs, ...this.variables]
    const program = this.programOf('forward', inputs[0]?.shape[0] ?? 0, fed, () => {
      const ends = compiled.outputs.map((o) => o.tensor)
      const found = new Forward(compiled.model.inputs, [...starts, ...ends]).apply([...inputs], false)
      return new Map([
        ...numbered('losses', found.slice(0, starts.length)),
        ...numbered('answers', found.slice(starts.length)),
      ])
    })
    return (
      program &&
      valuesOf(
        program.run(
          fed,
          program.names.filter((name) => name.startsWith(upTo)),
        ),
        upTo,
      )
    )
  }

  release(what: 'weights' | 'slots'): void {
    if (what === 'slots') this.slots.release()
  }

  dispose(): void {
    this.slots.dispose()
    for (const program of this.programs.values()) program?.dispose()
    this.programs.clear()
  }

  private get variables(): tf.Tensor[] {
    return this.task.compiled.weights.map((w) => w.variable)
  }

  private programOf(kind: string, count: number, inputs: readonly tf.Tensor[], compute: () => Results): Program | null {
    const key = `${kind}:${count}`
    const have = this.programs.get(key)
    if (have !== undefined) return have
    const made = this.make(inputs, compute)
    this.programs.set(key, made)
    return made
  }

  private make(inputs: readonly tf.Tensor[], compute: () => Results): Program | null {
    try {
      return new Program(this.backend, fuseActivations(trace(this.backend, inputs, compute)))
    } catch (e) {
      this.refusal = e instanceof Error ? e.message : String(e)
      return null
    }
  }

  /** New values of weights become those of their variables, by reference. */
  private take(got: Results): void {
    for (const { name, variable } of this.task.compiled.weights) {
      const value = got.get(`weight:${name}`)
      if (value) variable.assign(value)
    }
  }

  private byVariable(grads: tf.NamedTensorMap): tf.NamedTensorMap {
    return Object.fromEntries(
      this.task.compiled.weights.flatMap(({ name, variable }) => {
        const gradient = grads[name]
        return gradient ? [[variable.name, gradient] as const] : []
      }),
    )
  }
}

const named = (kind: string, values: readonly (readonly [string, tf.Tensor])[]) =>
  values.map(([name, value]) => [`${kind}:${name}`, value] as const)
const numbered = (kind: string, values: readonly tf.Tensor[]) =>
  named(
    kind,
    values.map((value, i) => [String(i), value] as const),
  )

/** Results of a kind, by their own names. */
const under = (got: Results, kind: string): tf.NamedTensorMap =>
  Object.fromEntries(
    [...got].flatMap(([name, value]) => (name.startsWith(`${kind}:`) ? [[name.slice(kind.length + 1), value]] : [])),
  )
const all = (got: Results, kind: string): tf.Tensor[] => Object.values(under(got, kind))
const valuesOf = (got: Results, kind: string): Float32Array[] => all(got, kind).map((t) => t.dataSync() as Float32Array)
