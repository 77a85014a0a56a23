import { err, ok, type Result } from '#shared/result'
import type { LossType } from '#shared/training/losses'
import { losses, sigmoid } from '#shared/training/losses'
import { macroAuc, regressionReport, topKAccuracy } from '#shared/training/metrics'
import type { EvaluationReport } from '#shared/training/run'
import { makeBatches } from './data/batch'
import type { DataSet } from './data/dataSet'
import { fitToNetwork } from './data/fit'
import { openData } from './data/open'
import { split } from './data/split'
import { type Evaluation, evaluate } from './evaluate'
import { loadRun } from './loadRun'
import type { EvaluateOn, TrainerError } from './protocol'

/** Told where there are more classes than that. */
const TOP = [3, 5]
const pause = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Evaluates a run's last checkpoint on its validation or test part, or on all samples of another data set. */
export async function evaluateRun(folder: string, on: EvaluateOn): Promise<Result<EvaluationReport, TrainerError>> {
  const loaded = await loadRun(folder, 'auto')
  if (!loaded.ok) return loaded
  const { run, project, compiled, model } = loaded.value
  const config = project.training
  try {
    const opened = await openData('data' in on ? on.data : run.data)
    if (!opened.ok) return opened
    const matched = matchLabels(opened.value, run.samples.labels)
    if (!matched.ok) return matched
    const fitted = fitToNetwork(matched.value, compiled.inputShape, compiled.outputShape)
    if (!fitted.ok) return fitted
    const { data } = fitted.value
    const samples =
      'part' in on
        ? split(opened.value, config, config.seed)[on.part]
        : Uint32Array.from({ length: data.size }, (_, i) => i)
    if (samples.length === 0)
      return err({
        code: 'invalidData',
        message: 'The run held no samples out for this part. Name a data set to evaluate on.',
      })
    const scores = new Float32Array(samples.length * data.targetSize)
    const targets = new Float32Array(scores.length)
    let at = 0
    const found = await evaluate(model, data, samples, config, makeBatches(data, config.batchSize), pause, (y, t) => {
      scores.set(toScores(config.loss, y, data.targetSize), at)
      targets.set(t, at)
      at += y.length
    })
    const truths = Array.from(samples, (i) => data.classOf(i))
    return ok(report(data, 'part' in on ? on.part : 'all', found, scores, targets, truths))
  } finally {
    model.dispose()
  }
}

function report(
  data: DataSet,
  part: EvaluationReport['part'],
  { loss, accuracy, confusion }: Evaluation,
  scores: Float32Array,
  targets: Float32Array,
  truths: readonly number[],
): EvaluationReport {
  const classes = data.targetSize
  return {
    data: data.spec,
    part,
    samples: truths.length,
    loss: finite(loss),
    accuracy,
    topK: data.labels
      ? TOP.filter((k) => k < classes).map((k) => ({ k, accuracy: topKAccuracy(scores, truths, classes, k) }))
      : [],
    auc: data.labels ? macroAuc(scores, truths, classes) : null,
    confusion,
    regression: data.labels ? null : finiteAll(regressionReport(scores, targets, classes)),
  }
}

const finite = (x: number | null): number | null => (x !== null && Number.isFinite(x) ? x : null)
const finiteAll = ({ mse, rmse, mae, r2, rae }: ReturnType<typeof regressionReport>) => ({
  mse: finite(mse),
  rmse: finite(rmse),
  mae: finite(mae),
  r2: finite(r2),
  rae: finite(rae),
})

/** Outputs that the loss is computed from, as the network would end them: probabilities where they are logits, else as they are. */
export function toScores(loss: LossType, outputs: Float32Array, width: number): Float32Array {
  const { logitsOf } = losses[loss]
  if (logitsOf === null) return outputs
  if (logitsOf === 'sigmoid') return outputs.map(sigmoid)
  const scores = new Float32Array(outputs.length)
  for (let from = 0; from < outputs.length; from += width) {
    const row = outputs.subarray(from, from + width)
    const max = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
    const exps = row.map((v) => Math.exp(v - max))
    const total = exps.reduce((a, b) => a + b, 0)
    scores.set(
      exps.map((v) => v / total),
      from,
    )
  }
  return scores
}

/** Data whose classes stand as the run learned them, by name: another data set may lack some, or list them otherwise. */
function matchLabels(data: DataSet, labels: readonly string[] | null): Result<DataSet, TrainerError> {
  const invalid = (message: string) => err({ code: 'invalidData', message } as const)
  if (!labels && !data.labels) return ok(data)
  if (!labels || !data.labels)
    return invalid(
      `The run learned ${labels ? 'classes' : 'numbers'}, but the targets of ${data.spec} are ${labels ? 'numbers' : 'classes'}. Choose other data.`,
    )
  const places = data.labels.map((label) => labels.indexOf(label))
  const unknown = data.labels.filter((_, i) => places[i] === -1)
  if (unknown.length > 0)
    return invalid(
      `${data.spec} has classes that the run does not know: ${unknown.slice(0, 5).join(', ')}. It knows ${labels.slice(0, 20).join(', ')}.`,
    )
  const classOf = (index: number) => places[data.classOf(index)] ?? 0
  return ok({
    ...data,
    labels,
    targetSize: labels.length,
    classOf,
    target(index, to, offset) {
      to.fill(0, offset, offset + labels.length)
      to[offset + classOf(index)] = 1
    },
  })
}
