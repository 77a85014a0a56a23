import { ok, type Result } from '#shared/result'
import { finite, macroAuc } from '#shared/training/metrics'
import type { EvaluateOn, EvaluationReport } from '#shared/training/run'
import { BatchReader } from './data/batchReader'
import type { DataSet } from './data/dataSet'
import { invalidData } from './data/files'
import { fitToNetwork } from './data/fit'
import { openData } from './data/open'
import { split } from './data/split'
import { type Evaluation, evaluate, evaluationBatch } from './evaluate'
import { KeptPairs } from './keptPairs'
import { loadRun } from './loadRun'
import type { TrainerError } from './protocol'
import { KeptScores, toScores } from './scores'

/** The area under the ROC curve sorts all scores: of more than that it takes every n-th sample, so that memory is bounded (16 MB). */
const MAX_SCORES = 4_000_000
const pause = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Evaluates a run's last checkpoint on its validation or test part, or on all samples of another data set. */
export async function evaluateRun(folder: string, on: EvaluateOn): Promise<Result<EvaluationReport, TrainerError>> {
  const loaded = await loadRun(folder, 'auto')
  if (!loaded.ok) return loaded
  const { run, project, compiled, model } = loaded.value
  const config = project.training
  try {
    const opened = await openData('data' in on ? on.data : run.data, run.samples.table)
    if (!opened.ok) return opened
    const matched = matchLabels(opened.value, run.samples.labels)
    if (!matched.ok) return matched
    const fitted = fitToNetwork(matched.value, compiled)
    if (!fitted.ok) return fitted
    const { data } = fitted.value
    const samples =
      'part' in on
        ? split(opened.value, config, config.seed)[on.part]
        : Uint32Array.from({ length: data.size }, (_, i) => i)
    if (samples.length === 0) return invalidData('nothingHeldOut', {})
    const kept = data.labels && new KeptScores(samples.length, data.targetSize, MAX_SCORES)
    const reader = new BatchReader(data, evaluationBatch(compiled, config.batchSize))
    const pairs = data.labels ? null : new KeptPairs(data, samples.length)
    const found = await evaluate(model, data, samples, reader, pause, (outputs, indices) => {
      const scores = toScores(model.mainLoss, outputs, data.targetSize)
      kept?.add(
        scores,
        Array.from(indices, (i) => data.classOf(i)),
      )
      pairs?.add(scores, indices)
    })
    const part = 'part' in on ? on.part : 'all'
    return ok({ ...report(data, part, samples.length, found, kept), pairs: pairs?.pairs ?? null })
  } finally {
    model.dispose()
  }
}

function report(
  data: DataSet,
  part: EvaluationReport['part'],
  samples: number,
  { loss, accuracy, topK, confusion, errors }: Evaluation,
  kept: KeptScores | null,
): Omit<EvaluationReport, 'pairs'> {
  return {
    data: data.spec,
    part,
    samples,
    loss: finite(loss),
    accuracy,
    topK: [...topK],
    auc: kept && macroAuc(kept.scores, kept.truths, data.targetSize),
    ...(kept && kept.truths.length < samples && { aucSamples: kept.truths.length }),
    confusion,
    regression: errors && {
      mse: finite(errors.mse),
      rmse: finite(errors.rmse),
      mae: finite(errors.mae),
      r2: finite(errors.r2),
      rae: finite(errors.rae),
    },
  }
}

/** Data whose classes stand as the run learned them, by name: another data set may lack some, or list them otherwise. */
function matchLabels(data: DataSet, labels: readonly string[] | null): Result<DataSet, TrainerError> {
  if (!labels && !data.labels) return ok(data)
  if (!labels || !data.labels)
    return invalidData(labels ? 'classesNotNumbers' : 'numbersNotClasses', { data: data.spec })
  const places = data.labels.map((label) => labels.indexOf(label))
  const unknown = data.labels.filter((_, i) => places[i] === -1)
  if (unknown.length > 0)
    return invalidData('unknownClasses', {
      data: data.spec,
      unknown: unknown.slice(0, 5).join(', '),
      known: labels.slice(0, 20).join(', '),
    })
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
