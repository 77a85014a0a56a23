import { ok, type Result } from '#shared/result'
import { losses } from '#shared/training/losses'
import type { Sample, TryAnswer, TryQuestion, TrySubject } from '#shared/training/try'
import { inMemory } from '../data/dataSet'
import { fitToNetwork } from '../data/fit'
import { loadRun } from '../loadRun'
import type { TrainerError } from '../protocol'
import { readCells, writeCells } from './cells'
import { type HeldOut, openHeldOut } from './heldOut'
import { base64, createMaps } from './maps'
import { type ReadSample, readDrawing, readPicture, shapeOf } from './sample'

/** A run kept in memory to be asked about one sample after the other. Dispose of it. */
export interface Session {
  readonly subject: TrySubject
  ask(question: TryQuestion): Promise<Result<TryAnswer, TrainerError>>
  dispose(): void
}

type Read = ReadSample & Partial<Pick<TryAnswer, 'truth' | 'cells'>>

/** The built-in engine: it starts at once, and one sample is too little work for any other to be faster. */
const ENGINE = 'wasm'

export async function openSession(folder: string): Promise<Result<Session, TrainerError>> {
  const loaded = await loadRun(folder, ENGINE)
  if (!loaded.ok) return loaded
  const { run, project, compiled, model } = loaded.value
  const { samples } = run
  const shape = shapeOf(samples)
  const maps = createMaps(loaded.value)
  let heldOut: Promise<Result<HeldOut, TrainerError>> | null = null

  async function read(sample: Sample): Promise<Result<Read, TrainerError>> {
    switch (sample.kind) {
      case 'drawing':
        return readDrawing(sample, samples)
      case 'picture':
        return readPicture(sample, samples)
      case 'cells':
        return readCells(sample.cells, samples)
      case 'heldOut': {
        heldOut ??= openHeldOut(run, project)
        const data = await heldOut
        if (!data.ok) {
          heldOut = null
          return data
        }
        const { values, truth } = await data.value(sample.index)
        return ok({ values, truth, cells: writeCells(values, samples), notes: [] })
      }
    }
  }

  /** One sample as the network takes it. */
  function toInput(values: Float32Array) {
    const one = inMemory(values, new Float32Array(0), {
      spec: '',
      inputShape: shape,
      labels: null,
      targetSize: model.answerSize,
      range: samples.range,
      preprocessing: '',
      problems: [],
    })
    const fitted = fitToNetwork(one, compiled)
    if (!fitted.ok) return fitted
    const { data, notes } = fitted.value
    const x = new Float32Array(data.inputShape.reduce((a, b) => a * b, 1))
    data.read(0, x, 0)
    return ok({ x, seenShape: data.inputShape, notes })
  }

  const probable = losses[model.mainLoss].logitsOf !== null
  return ok({
    subject: {
      shape: [...shape],
      columns: samples.table?.columns ?? null,
      labels: samples.labels,
      meaning: samples.labels ? (probable ? 'probability' : 'score') : 'value',
      layers: project.graph.nodes
        .filter((n) => compiled.values.has(n.id))
        .map(({ id, name, type }) => ({ id, name, type })),
    },
    async ask({ sample, layer, all }) {
      const source = await read(sample)
      if (!source.ok) return source
      const input = toInput(source.value.values)
      if (!input.ok) return input
      const { notes, seenShape, x } = input.value
      const [low, high] = samples.range
      const outputs = Array.from(model.predict(x, 1), (v) => (Number.isFinite(v) ? v : null))
      return ok({
        outputs,
        seen: { shape: [...seenShape], values: base64(x), low, high },
        truth: source.value.truth ?? null,
        cells: source.value.cells ?? null,
        notes: [...source.value.notes, ...notes],
        maps: layer === null ? null : maps(layer, x, all),
      })
    },
    dispose: () => model.dispose(),
  })
}
