import { err, ok, type Result } from '#shared/result'
import { failure } from '#shared/training/failures'
import { note } from '#shared/training/notes'
import type { TrainerError } from './protocol'
import type { Training } from './training'

/** Weights and place as they were saved, or those that a run begins with. */
export function begin(training: Training): Result<null, TrainerError> {
  const { at, clock, config, job, prepared, stepsPerEpoch } = training
  const { data, engine, info, model, notes, plan, split, start } = prepared
  if (job.from) {
    const { optimizer, progress, weights } = job.from.checkpoint
    const missing = [...model.setWeights(weights), ...model.optimizer.setState(optimizer)]
    if (missing.length > 0)
      return err({ code: 'failed', message: failure('checkpointLacks', { weights: missing.join(', ') }) })
    Object.assign(at, progress)
    clock.set(progress.seconds)
    model.optimizer.step = at.step
    return ok(null)
  }
  const { outputs } = model.compiled
  model.initialize()
  if (start) model.setWeights(start.weights)
  const told = [
    ...notes,
    ...data.problems,
    ...(start ? [start.note] : []),
    ...(info.outdated ? [note('engineOutdated', { engine: engine.name })] : []),
  ]
  training.tell({
    kind: 'started',
    engine: engine.name,
    epochs: config.epochs,
    stepsPerEpoch,
    trainSamples: split.train.length,
    validationSamples: split.validation.length,
    parameters: model.parameters,
    ...(outputs.length > 1 && { outputs: outputs.map((o) => o.name) }),
    ...(plan && { plan }),
    ...(told.length > 0 && { notes: told }),
  })
  // Written at once, so that a run can always be resumed, and so that a full disk shows before the work.
  training.save()
  return ok(null)
}
