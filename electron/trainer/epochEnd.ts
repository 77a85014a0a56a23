import { finite } from '#shared/training/metrics'
import type { EpochEvent } from '#shared/training/run'
import { writeCheckpoint } from './checkpoint'
import { improves, plateauAfter } from './earlyStopping'
import { type Evaluation, evaluate } from './evaluate'
import { reportLosses } from './outputLosses'
import { files } from './runFile'
import { memoryNow } from './step'
import type { Training } from './training'

/** Validates after an epoch, or after the part of it that was done, keeps the best weights and tells the figures. */
export async function endEpoch(training: Training): Promise<Evaluation | null> {
  const { at, clock, config, prepared, stepsPerEpoch, writer } = training
  const whole = at.stepInEpoch === stepsPerEpoch
  const evaluation = await validate(training)
  const { penalty } = prepared.model
  const losses = reportLosses(at.losses, at.samples)
  const event: EpochEvent = {
    kind: 'epoch',
    epoch: at.epoch + 1,
    step: at.step,
    loss: finite(at.loss / at.samples),
    ...(losses && { losses }),
    accuracy: prepared.data.labels ? at.hits / at.samples : null,
    ...figuresOf(evaluation),
    ...(penalty > 0 && { penalty: finite(penalty) }),
    seconds: clock.seconds,
    memory: memoryNow(),
  }
  if (whole) at.plateau = plateauAfter(config, at.plateau, event.epoch, improves(at, event.valLoss))
  if (whole && improves(at, event.valLoss)) {
    at.best = { epoch: event.epoch, loss: event.valLoss }
    // Before the last checkpoint, which then speaks of a file that is there.
    if (config.restoreBest) writer.checkpoint(writeCheckpoint(prepared.model, at), files.best)
  }
  writer.recordEpoch(event, at.epoch + (whole ? 1 : 0))
  training.emit(event)
  return evaluation
}

/** Null where no samples are held out. */
export async function validate({ breathe, evaluating, prepared }: Training): Promise<Evaluation | null> {
  const { data, model, split } = prepared
  return split.validation.length > 0 ? evaluate(model, data, split.validation, evaluating, breathe) : null
}

/** The figures of a validation as events and summaries carry them. */
export function figuresOf(
  evaluation: Evaluation | null,
): Pick<EpochEvent, 'valLoss' | 'valLosses' | 'valAccuracy' | 'valTop5' | 'valRmse' | 'valMae'> {
  if (!evaluation) return { valLoss: null, valAccuracy: null }
  const { loss, losses, accuracy, confusion, topK, errors } = evaluation
  const valLosses = reportLosses(losses)
  const top5 = (confusion?.labels.length ?? 0) > 10 ? topK.find(({ k }) => k === 5) : undefined
  return {
    valLoss: finite(loss),
    ...(valLosses && { valLosses }),
    valAccuracy: accuracy,
    ...(top5 && { valTop5: top5.accuracy }),
    ...(errors && { valRmse: finite(errors.rmse), valMae: finite(errors.mae) }),
  }
}
