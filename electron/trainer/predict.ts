import { ok, type Result } from '#shared/result'
import { losses } from '#shared/training/losses'
import type { Note } from '#shared/training/notes'
import type { PredictionReport } from '#shared/training/run'
import { makeBatches, readBatch } from './data/batch'
import { type DataSet, inMemory } from './data/dataSet'
import { invalidData } from './data/files'
import { fitToNetwork } from './data/fit'
import { createDecoder } from './data/imageCache'
import { imageFault, isPicture } from './data/imageCheck'
import { evaluationBatch } from './evaluate'
import { loadRun } from './loadRun'
import { readInputs } from './predictRows'
import type { TrainerError } from './protocol'
import type { RunFile } from './runFile'

/** What a run's network says about a picture, or about each row of a table without labels, read as the run's own samples were. */
export async function predict(folder: string, file: string): Promise<Result<PredictionReport, TrainerError>> {
  const loaded = await loadRun(folder, 'auto')
  if (!loaded.ok) return loaded
  const { run, project, compiled, model } = loaded.value
  try {
    const shape = run.samples.sourceShape ?? run.samples.inputShape
    const read = isPicture(file) ? await readPicture(file, shape, run.samples) : await readInputs(file, run)
    if (!read.ok) return read
    const { values, notes } = read.value
    const outputs = model.answerSize
    const samples = inMemory(values, new Float32Array(0), {
      spec: file,
      inputShape: shape,
      labels: null,
      targetSize: outputs,
      range: run.samples.range,
      preprocessing: '',
      problems: [],
    })
    const fitted = fitToNetwork(samples, compiled)
    if (!fitted.ok) return fitted
    const { labels } = run.samples
    const probable = losses[model.mainLoss].logitsOf !== null
    return ok({
      labels,
      meaning: labels ? (probable ? 'probability' : 'score') : 'value',
      outputs: await computeAll(
        fitted.value.data,
        outputs,
        evaluationBatch(compiled, project.training.batchSize),
        (x, count) => model.predict(x, count),
      ),
      notes: [...notes, ...fitted.value.notes],
    })
  } finally {
    model.dispose()
  }
}

async function computeAll(
  data: DataSet,
  width: number,
  batch: number,
  network: (x: Float32Array, count: number) => Float32Array,
): Promise<(number | null)[][]> {
  const batches = makeBatches(data, batch)
  const all: (number | null)[][] = []
  for (let from = 0; from < data.size; from += batch) {
    const part = Uint32Array.from({ length: Math.min(batch, data.size - from) }, (_, i) => from + i)
    const { x } = await readBatch(data, part, batches)
    const y = network(x, part.length)
    for (let i = 0; i < part.length; i++)
      all.push(Array.from(y.subarray(i * width, (i + 1) * width), (v) => (Number.isFinite(v) ? v : null)))
  }
  return all
}

/** A picture of the size and channels of the run's samples: black is the low end of their range, white the high end. */
async function readPicture(
  path: string,
  shape: readonly number[],
  { range: [low, high] }: RunFile['samples'],
): Promise<Result<{ readonly values: Float32Array; readonly notes: readonly Note[] }, TrainerError>> {
  const [height = 0, width = 0, channels = 0] = shape
  if (shape.length !== 3 || (channels !== 1 && channels !== 3))
    return invalidData('tableWanted', { shape: shape.join('×'), count: shape.reduce((a, b) => a * b, 1) })
  const fault = await imageFault(path)
  if (fault !== null) return invalidData('badPicture', { path, fault })
  try {
    const pixels = await (await createDecoder({ height, width, channels }))(path)
    return ok({ values: Float32Array.from(pixels, (p) => low + (p / 255) * (high - low)), notes: [] })
  } catch (e) {
    const reason = (e instanceof Error ? e.message.split('\n')[0] : String(e)) ?? ''
    return invalidData('undecodedPicture', { path, reason })
  }
}
