import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as tf from '@tensorflow/tfjs'
import type { NodeBackend } from './binding'
import { TAG } from './graph'
import type { Traced } from './trace'

/** A computation compiled: a session of TensorFlow that keeps nothing between two runs. */
export class Program {
  private readonly session: number
  private readonly inputs: string
  private readonly results: ReadonlyMap<string, string>

  constructor(
    private readonly backend: NodeBackend,
    traced: Traced,
  ) {
    // A saved model is the way by which a graph gets into a session.
    const folder = mkdtempSync(join(tmpdir(), 'netloom-graph-'))
    try {
      writeFileSync(join(folder, 'saved_model.pb'), traced.graph.encode())
      this.session = backend.binding.loadSavedModel(folder, TAG)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    this.inputs = listed(traced.inputs)
    this.results = traced.results
  }

  get names(): readonly string[] {
    return [...this.results.keys()]
  }

  /** The results of these names. What the others need is not computed. */
  run(inputs: readonly tf.Tensor[], names: readonly string[]): ReadonlyMap<string, tf.Tensor> {
    const { backend, results, session } = this
    const ids = backend.getInputTensorIds(inputs)
    const fetched = names.map((name) => results.get(name) ?? name)
    const held = backend.binding.runSavedModel(session, ids, this.inputs, listed(fetched))
    return new Map(held.map((h, i) => [names[i] ?? '', backend.createOutputTensor(h)]))
  }

  dispose(): void {
    this.backend.binding.deleteSavedModel(this.session)
  }
}

const listed = (names: readonly string[]): string => names.map((n) => (n.includes(':') ? n : `${n}:0`)).join(',')
