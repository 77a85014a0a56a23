import { noteText } from '#shared/training/notes'
import type { TrainEvent } from '#shared/training/run'
import { count, duration, figure, percent } from './figures'

type Started = Extract<TrainEvent, { kind: 'started' }>

/**
 * Shows a training as it goes: one line that is written over and over on a terminal, and one line per epoch that stays. Elsewhere,
 * as in a log file, only the latter.
 */
export function createProgress(out: NodeJS.WriteStream): (event: TrainEvent) => void {
  let started: Started | null = null
  const overwrite = (line: string) => {
    if (out.isTTY) out.write(`\r\x1b[2K${line.slice(0, out.columns - 1)}`)
  }
  const stay = (line: string) => out.write(`${out.isTTY ? '\r\x1b[2K' : ''}${line}\n`)

  return (event) => {
    switch (event.kind) {
      case 'started':
        started = event
        for (const note of event.notes ?? []) stay(noteText(note))
        return stay(
          `Training on ${count(event.trainSamples)} samples, validating on ${count(event.validationSamples)}; ` +
            `${count(event.parameters)} parameters, engine ${event.engine}`,
        )
      case 'step': {
        const steps = started ? started.epochs * started.stepsPerEpoch : event.step
        const left = (event.seconds / event.step) * (steps - event.step)
        return overwrite(
          `epoch ${event.epoch}/${started?.epochs ?? '?'}  step ${event.step}/${steps}  ${scores(event.loss, event.accuracy)}  ` +
            `${count(event.samplesPerSecond)} samples/s  ${duration(left)} left`,
        )
      }
      case 'epoch': {
        const validation =
          event.valLoss === null
            ? ''
            : `  val loss ${figure(event.valLoss)}${event.valAccuracy === null ? '' : `  val accuracy ${percent(event.valAccuracy)}`}`
        return stay(
          `epoch ${event.epoch}/${started?.epochs ?? '?'}  ${scores(event.loss, event.accuracy)}${validation}  ${duration(event.seconds)}`,
        )
      }
      case 'finished':
        return stay(
          `${endings[event.reason](event)}${event.restored === undefined ? '' : ` The weights of epoch ${event.restored} are back.`}`,
        )
      case 'failed':
        // The command prints the message when the run has ended.
        return overwrite('')
    }
  }
}

type Finished = Extract<TrainEvent, { kind: 'finished' }>
const endings: Readonly<Record<Finished['reason'], (event: Finished) => string>> = {
  completed: () => 'Done.',
  stoppedEarly: ({ epoch }) => `Stopped early, after epoch ${epoch}: the validation loss fell no more.`,
  stopped: ({ step }) => `Stopped after step ${step}; everything up to there is saved.`,
}

const scores = (loss: number | null, accuracy: number | null): string =>
  `loss ${figure(loss)}${accuracy === null ? '' : `  accuracy ${percent(accuracy)}`}`
