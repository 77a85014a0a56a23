import type { Project } from '#shared/project/project'
import { err, ok, type Result } from '#shared/result'
import { losses } from '#shared/training/losses'
import { lossMisfits } from '#shared/training/misfits'
import { describeNormalization, type Normalization, normalizationBy } from '#shared/training/normalization'
import { noteText } from '#shared/training/notes'
import { type Compiled, compile, dispose } from '../compile'
import { fitToNetwork } from '../data/fit'
import { openData } from '../data/open'
import { split } from '../data/split'
import { statisticsOf } from '../data/statistics'
import { loadEngine } from '../engines'
import { Model } from '../model'
import type { TrainerError } from '../protocol'
import type { RunFile } from '../runFile'
import type { Subject } from './subject'

type Samples = RunFile['samples']

/**
 * A project that no run has trained, with the weights that its training would begin with. Of its data set, where it names one, everything is as
 * a run would find it; without one, samples are taken to be what the network wants, and values to lie in 0…1.
 */
export async function untrainedSubject(project: Project): Promise<Result<Subject, TrainerError>> {
  const { data, graph, name, training } = project
  const engine = await loadEngine('wasm')
  if (!engine.ok) return engine
  const compiled = compile(graph)
  if (!compiled.ok) return compiled
  const samples = data === '' ? ok(expected(compiled.value, project)) : await samplesOf(compiled.value, project)
  if (!samples.ok) {
    dispose(compiled.value)
    return samples
  }
  const { inputShape, normalization, targetSize = 0 } = samples.value
  const model = new Model(compiled.value, engine.value, training, { inputShape, targetSize, normalization })
  model.initialize()
  const unscaled = data === '' && training.normalization !== 'none'
  const untrained = { seed: training.seed, data: data !== '', ...(unscaled && { unscaled }) }
  return ok({ name, data, samples: samples.value, last: null, project, compiled: compiled.value, model, untrained })
}

const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

/** As a run would note them. */
async function samplesOf(
  compiled: Compiled,
  { data: spec, training }: Project,
): Promise<Result<Samples, TrainerError>> {
  const opened = await openData(spec)
  if (!opened.ok) return opened
  const fitted = fitToNetwork(opened.value, compiled)
  if (!fitted.ok) return fitted
  const [misfit] = lossMisfits(compiled.graph, compiled.inference, training, opened.value)
  if (misfit) return err({ code: 'invalidProject', message: misfit.message })
  const { data, notes } = fitted.value
  let normalization: Normalization | undefined
  if (training.normalization !== 'none') {
    const { train } = split(data, training, training.seed)
    normalization = normalizationBy(training.normalization, await statisticsOf(data, train))
  }
  const told = [...notes.map(noteText), ...(normalization ? [describeNormalization(normalization)] : [])]
  return ok({
    inputShape: [...data.inputShape],
    targetSize: data.targetSize,
    sourceShape: [...opened.value.inputShape],
    range: [...data.range],
    labels: data.labels && [...data.labels],
    preprocessing: [data.preprocessing, ...told].join(' '),
    ...(data.table && { table: data.table }),
    ...(normalization && { normalization }),
  })
}

/** Inputs side by side, and classes by their numbers where the loss wants classes. */
function expected({ inputs, main, outputs }: Compiled, { training }: Project): Samples {
  const inputShape = sideBySide(inputs.map((i) => i.shape))
  const sizes = outputs.map((o) => count(o.shape))
  const { shape = [], loss } = outputs[main] ?? {}
  const size = count(shape)
  const alike = sizes.every((n) => n === size)
  const classes = alike && shape.length === 1 && size > 1 && losses[loss ?? training.loss].classes
  return {
    inputShape,
    targetSize: alike ? size : sizes.reduce((a, b) => a + b, 0),
    range: [0, 1],
    labels: classes ? Array.from({ length: size }, (_, i) => String(i)) : null,
    preprocessing: '',
  }
}

function sideBySide(shapes: readonly (readonly number[])[]): number[] {
  const [first = [], ...others] = shapes
  if (others.length === 0) return [...first]
  const places = first.slice(0, -1)
  const alike = others.every((s) => s.slice(0, -1).join() === places.join() && s.length === first.length)
  const last = shapes.reduce((sum, s) => sum + (s.at(-1) ?? 0), 0)
  return alike ? [...places, last] : [shapes.reduce((sum, s) => sum + count(s), 0)]
}
