import { ok, type Result } from '#shared/result'
import { note } from '#shared/training/notes'
import type { RunSummary } from '#shared/training/run'
import { readCheckpoint } from './checkpoint'
import { hasWaited } from './earlyStopping'
import { figuresOf, validate } from './epochEnd'
import type { Evaluation } from './evaluate'
import type { TrainerError } from './protocol'
import { files } from './runFile'
import { summarize } from './runs'
import type { Training } from './training'

/** Ends a run: brings the best weights back where that is asked for, and tells why it ended. */
export async function finish(
  training: Training,
  evaluation: Evaluation | null,
): Promise<Result<RunSummary, TrainerError>> {
  const { at, config, job, prepared, writer } = training
  const reason = at.epoch >= config.epochs ? 'completed' : hasWaited(config, at) ? 'stoppedEarly' : 'stopped'
  const restored = config.restoreBest && reason !== 'stopped' ? (at.best?.epoch ?? null) : null
  let last = evaluation
  if (restored !== null) {
    const best = await readCheckpoint(job.folder, files.best)
    if (!best.ok) return best
    prepared.model.setWeights(best.value.weights)
    training.save()
    last = await validate(training)
    writer.saveLast(figuresOf(last))
  }
  const confusion = last?.confusion ?? null
  writer.save({ state: reason === 'stopped' ? 'stopped' : 'completed', confusion })
  const { engine, model } = prepared
  const { mixed, refusal } = model
  const found = [
    ...prepared.data.problems.slice(training.known),
    ...(refusal === null ? [] : [note('notCompiled', { engine: engine.name, reason: refusal })]),
    ...(mixed ? [note('partlyOnProcessor', { engine: engine.name })] : []),
  ]
  training.tell({
    kind: 'finished',
    reason,
    epoch: at.epoch,
    step: at.step,
    confusion,
    ...(restored !== null && { restored }),
    ...(found.length > 0 && { notes: found }),
  })
  return ok(summarize(writer.run))
}
